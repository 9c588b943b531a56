"""The thesaurus as SKOS, in Turtle: for other systems and for editors of vocabularies."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from search.model import Bilingual, Concept

# Names, not addresses: nothing is served there.
BASE = "urn:tamyeez:concept:"
SCHEME = URIRef("urn:tamyeez:thesaurus")
FAMILY = "urn:tamyeez:family:"


def to_turtle(concepts: Iterable[Concept]) -> str:
    """Return the concepts as a SKOS concept scheme; each family is a collection of its members."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    for concept in concepts:
        _add(graph, concept)
    return graph.serialize(format="turtle")


def _add(graph: Graph, concept: Concept) -> None:
    subject = URIRef(BASE + concept.id)
    graph.add((subject, RDF.type, SKOS.Concept))
    graph.add((subject, SKOS.inScheme, SCHEME))
    _add_both(graph, subject, SKOS.prefLabel, concept.label)
    _add_both(graph, subject, SKOS.definition, concept.definition)
    _add_both(graph, subject, SKOS.note, concept.note)
    for language, labels in (("ar", concept.alt_ar), ("en", concept.alt_en)):
        for label in labels:
            graph.add((subject, SKOS.altLabel, Literal(label, lang=language)))
    for broader in concept.broader:
        graph.add((subject, SKOS.broader, URIRef(BASE + broader)))
    for close in concept.close:
        graph.add((subject, SKOS.related, URIRef(BASE + close)))
    family = URIRef(FAMILY + concept.family)
    graph.add((family, RDF.type, SKOS.Collection))
    graph.add((family, SKOS.member, subject))


def _add_both(graph: Graph, subject: URIRef, predicate: URIRef, text: Bilingual | None) -> None:
    for language, value in (("ar", text.ar), ("en", text.en)) if text else ():
        if value:
            graph.add((subject, predicate, Literal(value, lang=language)))
