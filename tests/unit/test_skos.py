"""The thesaurus in Turtle reads back as what it says."""

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from search.model import Bilingual, Concept
from search.skos import BASE, to_turtle


def test_labels_families_and_links_survive() -> None:
    concepts = [
        Concept(
            id="forced-labour",
            label=Bilingual('السخرة "القسرية"', "forced labour"),
            family="purpose",
            alt_ar=("العمل القسري",),
            definition=Bilingual("تعريف\nمن سطرين", "a definition"),
            broader=("exploitation",),
        ),
        Concept(id="exploitation", label=Bilingual("الاستغلال", "exploitation"), family="purpose"),
    ]
    graph = Graph().parse(data=to_turtle(concepts), format="turtle")
    subject = URIRef(BASE + "forced-labour")
    assert (subject, SKOS.prefLabel, Literal('السخرة "القسرية"', lang="ar")) in graph
    assert (subject, SKOS.altLabel, Literal("العمل القسري", lang="ar")) in graph
    assert (subject, SKOS.definition, Literal("تعريف\nمن سطرين", lang="ar")) in graph
    assert (subject, SKOS.broader, URIRef(BASE + "exploitation")) in graph
    assert len(set(graph.subjects(RDF.type, SKOS.Concept))) == 2
    members = set(graph.objects(URIRef("urn:tamyeez:family:purpose"), SKOS.member))
    assert len(members) == 2
