"""What the command prints for people; `--json` prints the same values for programs."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]

WIDTH = 96
SNIPPET = 280  # characters of a passage
AUTHORITIES = {
    "official": "official text",
    "translation": "translation",
    "digest": "digest in our words, not the official text",
    "reported": "digest of public reports, not the judgment",
    "training": "fictional, for training",
}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def print_search(answer: Json, shape: bool) -> None:
    """Print results: citation, title, why, and the passages with their authority."""
    show = _shaped if shape else str
    citation = answer["citation"]
    if citation is not None:
        print(show(_citation_line(citation)))
    print(f"{answer['total']} found in {answer['took_ms']:.0f} ms")
    if answer["nothing_fits"]:
        print("Nothing in the collection seems to answer this; the nearest is shown.")
    if answer["concepts"]:
        named = (_label(concept["label"], answer["language"]) for concept in answer["concepts"])
        print(show(f"by the thesaurus also: {', '.join(named)}"))
    for place, hit in enumerate(answer["results"], 1):
        print()
        print(show(f"{place}. {_label(hit['citation'], answer['language'])}  [{hit['id']}]"))
        title = _label(hit["title"], answer["language"])
        if title != _label(hit["citation"], answer["language"]):
            print(show(f"   {title}"))
        for treatment in hit["treatment"]:
            print(show(f"   ! {_treatment_line(treatment, answer['language'])}"))
        for passage in hit["passages"]:
            print(f"   {passage['language']} · {_authority(passage)}")
            print(show(f"     {_snippet(passage)}"))
        print(show(f"   why: {_why(hit['why'])}"))


def print_citations(answer: Json) -> None:
    """Print each citation with what it resolves to."""
    if not answer["citations"]:
        print("No citation found.")
    for citation in answer["citations"]:
        print(_citation_line(citation))


def print_status(answer: Json) -> None:
    """Print what is held and whether both stores agree."""
    print(f"Tamyeez {answer['version']}")
    print(
        f"  held       {answer['instruments']} instruments, {answer['provisions']:,} provisions, "
        f"{answer['judgments']} matters, {answer['concepts']} concepts"
    )
    by_authority = ", ".join(
        f"{count:,} {name}" for name, count in answer["passages_by_authority"].items()
    )
    print(f"  passages   {answer['passages']:,} ({by_authority or 'none'})")
    print(f"  files      {answer['files']}, {answer['quarantined']} quarantined")
    print(f"  catalogue  revision {answer['revision']}, {answer['fingerprint']}")
    print(
        f"  index      {answer['index_backend']}, generation {answer['index_generation']}, "
        f"{answer['index_points'] or 0:,} passages of revision {answer['index_revision']}"
    )
    print(f"  embedder   {answer['embedder']}")
    if answer["agree"]:
        print("  catalogue and index agree")
    for problem in answer["problems"]:
        print(f"  ! {problem}")


def print_scores(scores: Json, topics: int) -> None:
    """Print one line per measure with its 95% bootstrap interval."""
    print(f"{topics} topics, mean and 95% interval")
    for measure, score in scores.items():
        print(f"  {measure:<8} {score['mean']:.3f}   [{score['low']:.3f}, {score['high']:.3f}]")


def _citation_line(citation: Json) -> str:
    text = citation["text"]
    if citation["status"] == "resolved":
        held = "" if citation["held"] else " (not held)"
        return f"«{text}» → {citation['provision'] or citation['instrument']}{held}"
    if citation["status"] == "ambiguous":
        return f"«{text}» → one of: {', '.join(citation['choices']) or 'name the law'}"
    return f"«{text}» → a citation, but of no law we know"


def _treatment_line(treatment: Json, language: str) -> str:
    part = "in part " if treatment["scope"] == "part" else ""
    date = f", {treatment['date']}" if treatment["date"] else ""
    return f"{treatment['kind']} {part}by {_label(treatment['by'], language)}{date}"


def _authority(passage: Json) -> str:
    words = AUTHORITIES[passage["authority"]]
    if not passage["confirmed"]:
        words += ", recognised by the program and not yet confirmed"
    if passage["repealed"]:
        words += ", REPEALED"
    if passage["valid_to"]:
        words += f", APPLIED UNTIL {passage['valid_to']}, NOT SINCE"
    if passage["ocr_confidence"] is not None:
        sure = f"{passage['ocr_confidence']:.0%}"
        words += f", READ BY OCR ({sure} sure), NOT CITABLE BEFORE A PERSON HAS REVIEWED IT"
    return words


def _why(why: Json) -> str:
    said = []
    if why["citation"]:
        said.append("cited in the query")
    for arm, score in (why["arms"] or {}).items():
        said.append(f"{arm} rank {score['rank']}")
    if why["offence"]:
        reached = why["offence"]
        said.append(f"facts may be {reached['label']['en']} (support {reached['support']:.0%})")
    if why["terms"]:
        said.append(
            "matched " + ", ".join(f"{t['query']} ({'/'.join(t['matched'])})" for t in why["terms"])
        )
    if why["missing"]:
        said.append("not found: " + ", ".join(why["missing"]))
    return "; ".join(said)


def _snippet(passage: Json) -> str:
    """Cut a passage round its first highlight; mark highlights on a terminal."""
    text, spans = passage["text"], passage["highlights"]
    first = spans[0][0] if spans else 0
    start = max(0, min(first - SNIPPET // 3, len(text) - SNIPPET))
    end = min(len(text), start + SNIPPET)
    parts, at = ["…" if start else ""], start
    for low, high in spans:
        if start <= low and high <= end:
            parts += [text[at:low], _marked(text[low:high])]
            at = high
    parts += [text[at:end], "…" if end < len(text) else ""]
    return re.sub(r"\s+", " ", "".join(parts))


def _marked(text: str) -> str:
    return f"{_BOLD}{text}{_PLAIN}" if sys.stdout.isatty() else text


def _label(both: Json, language: str) -> str:
    other = "en" if language == "ar" else "ar"
    return both[language] or both[other] or ""


def _shaped(line: str) -> str:
    """Join Arabic letters and order the line for terminals that do neither."""
    from arabic_reshaper import ArabicReshaper
    from bidi import get_display

    reshaper = ArabicReshaper({"delete_harakat": False, "delete_tatweel": False})
    shaped: str = get_display(reshaper.reshape(line))
    return shaped
