"""Print for people how offences are told apart."""

from __future__ import annotations

from web.printing import Json, _label, _shaped

OFFENCES = 5  # offences printed; `--json` gives all
WORDS = 2  # clauses printed for an element
_MARKS = {"met": "+", "not-met": "-", "unknown": "?"}


def print_distinction(answer: Json, shape: bool) -> None:
    """Print the primary reading, the leading offences element by element, and what to ask."""
    show = _shaped if shape else str
    language = answer["language"]
    print(f"Reads first as: {answer['primary']}  ({_percent(answer, answer['primary'])})")
    for other in answer["alternatives"]:
        print(show(f"  or {other['primary']} ({other['share']:.0%}){_move(other, language)}"))
    for offence in answer["offences"][:OFFENCES]:
        print()
        _print_offence(offence, language, show)
    _print_rest(answer, language, show)


def _print_offence(offence: Json, language: str, show: type[str] | object) -> None:
    assert callable(show)
    state = "" if offence["in_force"] else "  (not in force on that day)"
    print(show(f"{offence['rank']}. {_label(offence['label'], language)}{state}"))
    for element in offence["elements"]:
        print(show(f"   {_MARKS[element['status']]} {_label(element['label'], language)}"))
        for words in (element["evidence"] or element["against"])[:WORDS]:
            print(show(f"       «{words['text']}»"))
    for circumstance in offence["aggravating"]:
        print(show(f"   ! {_label(circumstance['label'], language)}"))
    print(f"   {', '.join(offence['governing'])}")


def _print_rest(answer: Json, language: str, show: object) -> None:
    assert callable(show)
    if answer["questions"]:
        print("\nStill to ask:")
    for question in answer["questions"]:
        print(show(f"   {question[language]}"))
    if answer["precedents"]:
        print("\nMatters on the same elements:")
    for precedent in answer["precedents"]:
        fiction = ", fictional" if precedent["authority"] == "training" else ""
        why = _label(precedent["why"], language)
        print(show(f"   {precedent['for_or_against']:<7} {precedent['id']}{fiction}: {why}"))
    print()
    for note in answer["notes"]:
        print(show(_label(note, language)))


def _percent(answer: Json, reading: str) -> str:
    return f"{answer['shares'][reading]:.0%}"


def _move(other: Json, language: str) -> str:
    move = other["move"]
    if move is None:
        return ""
    verb = "if it showed" if move["shown"] else "if it did not show"
    return f", {verb}: {_label(move['label'], language)}"
