"""Judgments of our own invention with made-up persons planted in them, in both languages.

A line is a template: `{v1:full}` plants a name in a form, `{phone}` a private number. Every line
of the rendered case remembers what was planted in it, so that a leak names its role and form.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from search.model import Language

from .identities import Identity, identities

_FOLDER = Path(__file__).parent
_PLANT = re.compile(r"\{(?:([a-z]\d):)?([a-z]+)\}")
_KEYS = ("v1", "v2", "m1", "a1", "a2", "w1", "e1", "r1")


@dataclass(frozen=True, slots=True)
class Planted:
    """What was planted in a line: whose, in which form, and the words that must be gone."""

    role: str
    form: str
    words: tuple[str, ...]
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    planted: tuple[Planted, ...]
    fixed: tuple[str, ...]  # the template's own words: they must stay


@dataclass(frozen=True, slots=True)
class Case:
    """One judgment with its planted persons."""

    language: Language
    persons: tuple[Identity, ...]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def build_case(chance: random.Random, language: Language, style: str = "") -> Case:
    """Write one judgment with eight persons; style "_told" is plainer prose, with fewer titles."""
    persons = dict(zip(_KEYS, identities(chance), strict=True))
    opening, body, plain = _templates(f"{language}{style}")
    chance.shuffle(body)
    templates = [*opening, *body, *plain]
    writer = _Writer(chance, persons, language)
    return Case(language, tuple(persons.values()), tuple(writer.line(t) for t in templates))


def _templates(name: str) -> tuple[list[str], list[str], list[str]]:
    """Read who is introduced first, the lines in any order, and the lines without a person."""
    parts = (_FOLDER / f"case_{name}.txt").read_text("utf-8").split("\n\n")
    opening, body, plain = ([t for t in part.splitlines() if t[:1] != "#"] for part in parts)
    return opening, body, plain


class _Writer:
    def __init__(
        self, chance: random.Random, persons: dict[str, Identity], language: Language
    ) -> None:
        self._chance, self._persons, self._language = chance, persons, language

    def line(self, template: str) -> Line:
        planted: list[Planted] = []

        def plant(match: re.Match[str]) -> str:
            text, what = self._plant(match)
            planted.append(what)
            return text

        text = _PLANT.sub(plant, template)
        fixed = re.findall(r"[^\W_]{2,}", _PLANT.sub(" ", template))
        return Line(text, tuple(planted), tuple(fixed))

    def _plant(self, match: re.Match[str]) -> tuple[str, Planted]:
        key, form = match.groups()
        if key is None:
            value, words = self._detail(form)
            return value, Planted(form, "number", words)
        person = self._persons[key]
        before = match.string[max(0, match.start() - 2) : match.start()]
        joined = before[-1:] in ("ل", "ب", "و") and before[:1] in (" ", "")
        text = self._name(person, form, before.endswith("ل") and joined)
        words = tuple(re.findall(r"[^\W_]+", text))
        shown = f"{form}+{before[-1]}" if joined and self._language is Language.AR else form
        return text, Planted(person.role, shown, words, person.held_out)

    def _name(self, person: Identity, form: str, after_lam: bool) -> str:
        latin = (self._language is Language.EN and form != "arabic") or form == "latin"
        parts = {
            "full": person.words if self._chance.random() < 0.6 else (person.given, person.family),
            "given": (person.given,),
            "father": (person.father,),
            "family": (person.family,),
        }.get(form, (person.given, person.family))
        if latin:
            return " ".join(part.latin(self._chance) for part in parts)
        names = [part.ar for part in parts]
        if self._chance.random() < 0.5:
            names = [re.sub(r"^عبد(?=ال)", "عبد ", name) for name in names]
        if form == "full" and len(names) == 3 and self._chance.random() < 0.3:
            names.insert(1, "بنت" if person.woman else "بن")
        if after_lam and names[0].startswith("ال"):
            names[0] = names[0][1:]
        return " ".join(names)

    def _detail(self, form: str) -> tuple[str, tuple[str, ...]]:
        chance = self._chance

        def digits(n: int, first: str = "123456789") -> str:
            number = chance.choice(first) + "".join(chance.choices("0123456789", k=n - 1))
            arabic = self._language is Language.AR and chance.random() < 0.5
            return number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) if arabic else number

        if form == "address":
            if self._language is Language.AR:
                text = f"منطقة حولي قطعة {digits(1)} شارع {digits(2)} منزل {digits(3)}"
            else:
                text = f"Block {digits(1)}, Street {digits(2)}, House {digits(3)}"
            return text, (re.findall(r"\w+", text)[-1],)
        made = {
            "phone": lambda: chance.choice(["", "+965 "]) + digits(8, "569"),
            "civil": lambda: digits(12, "23"),
            "passport": lambda: (
                "P" + digits(7).translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
            ),
            "plate": lambda: f"{digits(2)}/{digits(5)}",
            "birth": lambda: f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/2009",
            "email": lambda: f"user{chance.randint(100, 999)}@example.com",
        }[form]()
        return made, tuple(w for w in re.findall(r"\w+", made) if w not in ("965", "com"))
