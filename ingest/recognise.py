"""Recognise what a file is: language, kind, number, year, country, and which known work.

Only the opening of the text and what the file calls itself decide; a law that is merely cited in
a preamble does not. What a sidecar or the command's options say always wins.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.bundle_schema import RegisterEntry
from ingest.document import Description, Document, LineKind
from ingest.sidecar import Given
from ingest.splitters.headings import Style, article_heading
from ingest.splitters.judgment_header import read_header
from search.errors import Unreadable
from search.model import Authority, Kind, Language
from search.text.fold import fold_text
from search.text.language import script_of

_OPENING_CHARS = 3000
_TITLE_CHARS = 600
_TITLE_LINES = 5
_ARABIC_STATES = frozenset({"kw", "ae", "sa", "qa", "eg", "jo", "dz", "bh", "om"})
# One language must hold two thirds of the letters; notes in the other one do no harm.
_MIN_SHARE = 2 / 3
_HEADER_LINES = 40  # of a judgment: court, number, bench, parties
_MAX_JOINED = 3  # appeals decided together; the first name the judgment
_MIN_LETTERS = 200  # shorter texts are taken as they are

# Where the enacting words or the recitals begin, the title is over and citations start.
_PREAMBLE = re.compile(
    r"بعد الاطلاع|^\s*-?\s*وعلي |نحن |بناء علي|والقوانين المعدله|مجلس الامه"
    r"|having (?:regard|perused|reviewed)|after (?:perus|review|having)|the states? part"
    r"|the general (?:conference|assembly)|\bwe,",
    re.MULTILINE,
)
_ACT = (
    r"(?P<act>مرسوم(?:\s+ملكي|\s+اميري|\s+سلطاني)?(?:\s+ب(?:ال)?قانون)?"
    r"|قانون|قرار(?:\s+\S+){0,2}?|نظام)"
)
_NUMBERED = re.compile(
    rf"(?:ال)?{_ACT}(?:\s+(?:ال)?(?:اتحادي|وزاري|اميري))?\s*(?:رقم)?\s*[(\[)]?\s*"
    r"(?P<number>[0-9]{1,4})\s*[)\](]?\s*(?:لسنه|لعام|سنه)\s*(?P<year>[0-9]{4})"
)
_ROYAL = re.compile(
    r"مرسوم(?:\s+ال)?\s*(?:ال)?ملكي\s*(?:رقم)?\s*[(\[]?\s*م\s*/\s*(?P<number>[0-9]{1,3})"
    r"[^0-9]{0,30}(?:[0-9]{1,2}\s*/\s*[0-9]{1,2}\s*/\s*)?(?P<year>1[34][0-9]{2})"
)
_ENGLISH = re.compile(
    r"(?P<act>federal decree[- ]law|decree[- ]law|(?:amiri|emiri|royal|federal)?\s*decree"
    r"|(?:federal )?law|(?:ministerial |amiri |emiri )?(?:resolution|decision))"
    r"\s*(?:no\.?|number)?\s*[(\[]?\s*(?P<number>[0-9]{1,4})\s*[)\]]?"
    r"\s*(?:of|/|for(?: the year)?)\s*(?:the year\s*)?(?P<year>[0-9]{4})"
)
_COUNTRIES = (
    ("kw", r"الكويت|كويتي|kuwait"),
    ("ae", r"الامارات|اتحادي رقم|united arab emirates|\buae\b"),
    ("sa", r"السعوديه|مرسوم ملكي|المرسوم الملكي|saudi"),
    ("qa", r"قطر|qatar"),
    ("eg", r"مصر|الوقائع المصريه|egypt"),
    ("jo", r"الاردن|jordan"),
    ("dz", r"الجزائر|algeria"),
    ("bh", r"البحرين|bahrain"),
    ("om", r"سلطنه عمان|sultanate of oman"),
)
_ILO = re.compile(
    r"international labour (?:organi[sz]ation|conference|office)|منظمه العمل الدوليه"
    r"|مؤتمر العمل الدولي"
)
_UN = re.compile(r"united nations|general assembly|الامم المتحده|الجمعيه العامه")
_TREATY = re.compile(
    r"states? part(?:y|ies)|high contracting part|general conference of the international labour"
    r"|الدول الاطراف|الاطراف المتعاقده|universal declaration|الاعلان العالمي"
)
_TREATY_NAME = re.compile(
    r"\s*(?:#|\*|the\s)*\s*(?:(?:optional )?protocol|(?:\S+\s){0,4}convention"
    r"|(?:\S+\s){0,3}covenant|treaty"
    r"|(?:ال)?بروتوكول|(?:ال)?اتفاقيه|(?:ال)?عهد الدولي|(?:ال)?معاهده)\b"
)
_JUDGMENT = re.compile(
    r"باسم (?:صاحب السمو|سمو) امير|محكمه (?:التمييز|النقض|الاستئناف|الجنايات)|الطعن رقم"
    r"|حكمت المحكمه"
    r"|court of (?:cassation|appeal)|in the matter of"
)
_PLAN = re.compile(
    r"خطه (?:العمل|عمل)|(?:ال)?استراتيجيه (?:ال)?وطني|(?:ال)?سياسه (?:ال)?وطني"
    r"|national (?:action )?(?:plan|strategy|policy)|plan of action"
)
_TYPES = (
    (r"مرسوم.*بقانون|مرسوم.*بالقانون|decree.law", "decree-law"),
    (r"مرسوم|decree", "decree"),
    (r"قرار|resolution|decision", "decision"),
    (r"قانون|law", "law"),
    (r"نظام", "law"),
)
_SLUG = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class _Numbered:
    act: str
    number: str
    year: int


def recognise(
    document: Document,
    path_name: str,
    register: Sequence[RegisterEntry] = (),
    given: Given | None = None,
) -> Description:
    """Say what a file is; `given` (options over sidecar) decides wherever it speaks.

    `path_name` is the file's name, used for an id where nothing else names the work. Raises
    Unreadable (`mixed-language`) where two languages share the text.
    """
    given = given or Given()
    language = Language(given.language) if given.language else language_of(document, path_name)
    opening = _opening(document)
    numbered = _numbered(_title_part(opening))
    entry = _known(given.work, opening, document, register)
    if not (entry or given.work or numbered):  # a file may be named after the work it holds
        entry = _known_by_id(path_name.rsplit(".", 1)[0], register)
    if entry and not given.work and _is_judgment(document, opening):
        entry = None  # a law that the judgment applies
    kind = _kind(given, entry, document, opening)
    if kind is Kind.JUDGMENT:
        numbered = None  # a law's; the number of a judgment is in its header
    jurisdiction = given.jurisdiction or (
        entry.jurisdiction if entry else _jurisdiction(given.work, opening, kind)
    )
    work = given.work or (entry.id if entry else None)
    if work is None and kind is Kind.JUDGMENT:
        work = _identify_judgment(document, jurisdiction, path_name)
    work = work or _identify(jurisdiction, numbered, path_name)
    heading = _heading(document)
    title_ar = given.title.ar or (entry.title.ar if entry else None)
    title_en = given.title.en or (entry.title.en if entry else None)
    if not title_ar and not title_en:
        title_ar, title_en = (heading, None) if language is Language.AR else (None, heading)
    return Description(
        work=work,
        kind=kind.value,
        language=language.value,
        authority=given.authority or authority_of(kind, language, jurisdiction).value,
        title_ar=title_ar,
        title_en=title_en,
        number=given.number or _number_of(entry, numbered),
        year=given.year or _year_of(entry, numbered),
        jurisdiction=jurisdiction,
        in_force_from=given.in_force_from.isoformat() if given.in_force_from else None,
        source=tuple((name, str(value)) for name, value in given.source.items() if value),
        confirmed=given.work is not None,
        reasons=_reasons(given, entry, numbered, kind, work),
    )


def language_of(document: Document, path_name: str) -> Language:
    """Return the language most letters belong to; raise Unreadable where two share the text."""
    counts = {Language.AR: 0, Language.EN: 0}
    for line in document.lines:
        if line.kind is not LineKind.FOOTNOTE:
            for char in line.text:
                script = script_of(char)
                if script:
                    counts[script] += 1
    letters = sum(counts.values())
    if not letters:
        raise Unreadable(
            f"{path_name} holds no Arabic or English words. Add a file with a text layer.",
            reason="empty",
        )
    most = Language.AR if counts[Language.AR] >= counts[Language.EN] else Language.EN
    if letters >= _MIN_LETTERS and counts[most] < letters * _MIN_SHARE:
        arabic = round(100 * counts[Language.AR] / letters)
        raise Unreadable(
            f"{path_name} holds two languages ({arabic} % Arabic, {100 - arabic} % English). Split "
            "it into one file a language, or say with --language which one to keep it under.",
            reason="mixed-language",
        )
    return most


def _opening(document: Document) -> str:
    """Return what decides, folded: the file's title, its front matter, its first characters."""
    facts = " \n".join(value for _, value in document.facts if len(value) < _TITLE_CHARS)
    named = "\n".join(filter(None, [document.title, document.text[:_OPENING_CHARS], facts]))
    return re.sub(r"[ \t\u00a0]+", " ", fold_text(named))


def _title_part(opening: str) -> str:
    """Return the opening up to the preamble, where citations of other laws begin.

    Without a preamble: its first lines, up to one that introduces what follows.
    """
    preamble = _PREAMBLE.search(opening)
    if preamble:
        return opening[: preamble.start()]
    lines = [line for line in opening[:_TITLE_CHARS].split("\n") if line.strip()]
    introduces = (n for n, line in enumerate(lines) if line.rstrip().endswith(":"))
    return "\n".join(lines[: min(next(introduces, _TITLE_LINES), _TITLE_LINES)])


def _known(
    work: str | None, opening: str, document: Document, register: Sequence[RegisterEntry]
) -> RegisterEntry | None:
    if work:
        return _known_by_id(work, register)
    return _registered(opening, document, register)


def _known_by_id(work: str | None, register: Sequence[RegisterEntry]) -> RegisterEntry | None:
    return next((entry for entry in register if entry.id == work), None)


def _registered(
    opening: str, document: Document, register: Sequence[RegisterEntry]
) -> RegisterEntry | None:
    """Return the known work whose phrase stands first in the title; of two there, the longer.

    After the title a phrase counts only at the head of a line of a text with articles that bears
    no number of its own: «يعمل بقانون الجزاء المرافق» is no citation.
    """
    title = _title_part(opening)
    found = _first_phrase(_spaced(title), register)
    if found or _numbered(title) or _PLAN.search(opening[:_TITLE_CHARS]):
        return found
    if not _has_articles(document):
        return None
    return next(
        (e for line in opening.split("\n") if (e := _phrase_at_head(_spaced(line), register))), None
    )


def _phrase_at_head(line: str, register: Sequence[RegisterEntry]) -> RegisterEntry | None:
    return next(
        (
            entry
            for entry in register
            if any(line.startswith(_spaced(fold_text(phrase))) for phrase in entry.recognise)
        ),
        None,
    )


def _first_phrase(text: str, register: Sequence[RegisterEntry]) -> RegisterEntry | None:
    best: tuple[int, int, RegisterEntry] | None = None
    for entry in register:
        for phrase in entry.recognise:
            wanted = _spaced(fold_text(phrase))
            at = text.find(wanted)
            if at >= 0 and (best is None or (at, -len(wanted)) < best[:2]):
                best = (at, -len(wanted), entry)
    return best[2] if best else None


def _spaced(text: str) -> str:
    """Reduce a folded text to words, so that brackets and dashes do not hide a phrase."""
    return " ".join(re.findall(r"\w+", text))


def _numbered(title: str) -> _Numbered | None:
    """Return the number and year in a title: the first that is not a citation."""
    matches = [m for pattern in (_NUMBERED, _ROYAL, _ENGLISH) if (m := pattern.search(title))]
    if not matches:
        return None
    match = min(matches, key=lambda m: m.start())
    act = match.groupdict().get("act") or "مرسوم"
    return _Numbered(act, match.group("number").lstrip("0") or "0", int(match.group("year")))


def _kind(given: Given, entry: RegisterEntry | None, document: Document, opening: str) -> Kind:
    said = given.kind or ("judgment" if given.judgment else entry.kind if entry else None)
    if said:
        return Kind(said)
    has_articles = _has_articles(document)
    title = opening[:_TITLE_CHARS]
    if has_articles and (_TREATY_NAME.match(title) or _TREATY.search(opening)):
        return Kind.TREATY
    if has_articles and not _JUDGMENT.search(title):
        return Kind.STATUTE
    if _JUDGMENT.search(opening):
        return Kind.JUDGMENT
    return Kind.PLAN if _PLAN.search(title) else Kind.OTHER


def _is_judgment(document: Document, opening: str) -> bool:
    return _JUDGMENT.search(opening[:_TITLE_CHARS]) is not None and not _has_articles(document)


def _has_articles(document: Document) -> bool:
    """Tell whether two article headings or more stand in the text."""
    headings = (article_heading(line.text) for line in document.lines)
    found = 0
    for heading in headings:
        found += heading is not None and heading.style is not Style.BARE
        if found >= 2:
            return True
    return False


def _jurisdiction(work: str | None, opening: str, kind: Kind) -> str:
    """Return the country whose name stands first; treaties belong to their organisation."""
    if work:
        return work.split("-", 1)[0]
    if kind is Kind.TREATY:
        return "ilo" if _ILO.search(opening) else "un" if _UN.search(opening) else "xx"
    title = _title_part(opening)
    for part in (title, opening):
        found = [(m.start(), code) for code, names in _COUNTRIES if (m := re.search(names, part))]
        if found:
            return min(found)[1]
    return "xx"


def _identify(jurisdiction: str, numbered: _Numbered | None, path_name: str) -> str:
    if numbered:
        act = fold_text(numbered.act)
        kind = next((name for words, name in _TYPES if re.search(words, act)), "law")
        return f"{jurisdiction}-{kind}-{numbered.year}-{numbered.number}"
    stem = path_name.rsplit(".", 1)[0]
    slug = "-".join(_SLUG.findall(fold_text(stem)))[:80].strip("-")
    if not slug:  # a name in Arabic letters only
        slug = "".join(f"{ord(c):x}" for c in stem if c.isalnum())[:40] or "unnamed"
    return f"xx-file-{slug}"


def _identify_judgment(document: Document, jurisdiction: str, path_name: str) -> str:
    """Name a judgment by court, year and number; else by a hash, for file names name persons."""
    header = read_header([line.text for line in document.lines[:_HEADER_LINES]])
    if header.numbers and header.year:
        number = "-".join(map(str, map(int, header.numbers[:_MAX_JOINED])))
        return f"{jurisdiction}-judgment-{header.level}-{header.year}-{number}"
    return f"{jurisdiction}-judgment-{hashlib.sha256(path_name.encode()).hexdigest()[:12]}"


def authority_of(kind: Kind, language: Language, jurisdiction: str) -> Authority:
    """Say what weight a text has where nobody does: English laws of Arab states are translated."""
    if kind is Kind.JUDGMENT:
        return Authority.OFFICIAL if language is Language.AR else Authority.TRANSLATION
    translated = language is Language.EN and jurisdiction in _ARABIC_STATES
    return Authority.TRANSLATION if translated else Authority.OFFICIAL


def _heading(document: Document) -> str | None:
    """Return what the file calls itself, or its first line."""
    if document.title and document.title.strip():
        return " ".join(document.title.split())[:300]
    first = next((line.text.strip(" #*_") for line in document.lines if line.text.strip()), None)
    return " ".join(first.split())[:300] if first else None


def _number_of(entry: RegisterEntry | None, numbered: _Numbered | None) -> str | None:
    return entry.number if entry else numbered.number if numbered else None


def _year_of(entry: RegisterEntry | None, numbered: _Numbered | None) -> int | None:
    return entry.year if entry else numbered.year if numbered else None


def _reasons(
    given: Given,
    entry: RegisterEntry | None,
    numbered: _Numbered | None,
    kind: Kind,
    work: str,
) -> tuple[str, ...]:
    """Say how the work was recognised, for the person who is to confirm it."""
    if given.work:
        return ()
    if entry:
        how = f"its opening or its name is that of {entry.id}"
    elif kind is Kind.JUDGMENT:
        how = f"named {work} by its header or, where that has no number, by its file"
    elif numbered:
        how = f"its title bears number {numbered.number} of {numbered.year}"
    else:
        how = f"nothing in the text names it; the id {work} comes from the file's name"
    return (how, f"taken for {'an' if kind is Kind.OTHER else 'a'} {kind.value} by its form")
