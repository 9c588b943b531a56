"""Find the names of persons in Arabic text: by lists of names, and by what announces them.

A word that no list knows is a name only where a role or a verb of speech announces it; from then
on it is one everywhere in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .arabic_units import Mention, NameReader, Need
from .lexicon import is_common, is_of_place
from .roles import ORDER, TRIGGERS, Role, Trigger

_MAX_MODIFIERS = 4  # «المجني عليها الثالثة الفلبينية الجنسية ماريا»
_ABOUT = frozenset({"عليه", "عليها", "عليهم", "عليهما", "عليهن", "ضده", "ضدها", "ضدهم", "ضدهما"})
_FROM = frozenset({"كل", "كلا", "مرفوع", "مرفوعه", "مقام", "مقدم"})  # «المرفوع من»
_NEEDS_ABOUT = frozenset({"مجني", "مجنى", "محكوم", "مطعون"})
_RULERS = re.compile(
    r"(?:امير|ملك)\s+(?:دوله\s+)?(?:البلاد|الكويت|قطر|البحرين|المملكه)\s+"
    r"(?:(?:المفدي|حضره|الشيخ)\s+){0,2}$"
)
_GAP_LIST = re.compile(r"[\s0-9/\\:.()،,–•-]{1,14}")
_MARK = re.compile(r"[/\\]")
_BLANKED = re.compile(r"\.\s?\.|…|_{2}")  # «المتهم / ...»: somebody took the name out before us


class ArabicNames(NameReader):
    """One reading of a text with the name words found so far."""

    def mentions(self) -> list[Mention]:
        """Return the names in order, none overlapping another."""
        found: list[Mention] = []
        at = 0
        while at < len(self.tokens):
            announced = self._announced(at)
            names = [*announced] or [*self._bare(at)]
            found += [mention for mention, _ in names]
            at = names[-1][1] if names else at + 1
        return found

    # --- announced names ----------------------------------------------------------------------

    def _announced(self, at: int) -> Iterator[tuple[Mention, int]]:
        """Yield the names after a role or a verb of speech at tokens[at], and where to go on."""
        read = self._trigger(at)
        if read is None:
            return
        trigger, at = read
        start = self._over_modifiers(at, trigger)
        if start is None:
            return
        trigger, at = start
        need = Need.SURE if trigger.sure else Need.LIKELY
        if self.begins_another(at):
            return  # «المبلغ لفاطمة»: read on its own
        name = self.name_at(at, 0, need, trigger.several) or self._joined_name(at, trigger)
        while name is not None:
            mention, at = name
            yield replace(mention, role=trigger.role, feminine=trigger.feminine), at
            name = self._further(at, trigger)

    def _trigger(self, at: int) -> tuple[Trigger, int] | None:
        """Read a role at tokens[at]; return it and the index after it."""
        for _, word in self.tokens[at].readings():
            bare = word[2:] if word.startswith("ال") else word
            if bare in _FROM and self.word(at + 1) == "من":
                return TRIGGERS["كلا"], at + 2
            trigger = TRIGGERS.get(word) or TRIGGERS.get(bare)
            about = self.word(at + 1) in _ABOUT
            if trigger is None or (bare in _NEEDS_ABOUT and not about):
                continue
            if about:
                pronoun = self.word(at + 1)[3:]
                many = pronoun in ("هما", "هم", "هن")
                trigger = replace(trigger, feminine=pronoun in ("ها", "هن"), several=many)
            return trigger, at + 1 + about
        if self.word(at) == "مطعون" or self.word(at).endswith("المطعون"):
            return Trigger(Role.ACCUSED), at + 1 + (self.word(at + 1) in _ABOUT)
        return None

    def _over_modifiers(self, at: int, trigger: Trigger) -> tuple[Trigger, int] | None:
        """Step over «الثانية», «الفلبينية», and further roles, to where a name may begin."""
        for _ in range(_MAX_MODIFIERS + 1):
            if at >= len(self.tokens) or not self._is_near(at):
                return None
            marked = bool(_MARK.search(self.tokens[at].gap))
            trigger = replace(trigger, sure=trigger.sure or marked)
            word = self.word(at)
            if self.is_namelike(at):
                break
            nested = self._trigger(at)
            if nested is not None:
                further, at = nested
                trigger = _joined(trigger, further)
                continue
            next_line = "\n" in self.tokens[at].gap
            if next_line or not (word.startswith("ال") and is_common(word)):
                break
            at += 1
        return trigger, at

    def _is_near(self, at: int) -> bool:
        """Whether tokens[at] may still belong to what announced it."""
        gap = self.tokens[at].gap
        if _BLANKED.search(gap):
            return False
        if _MARK.search(gap) or ":" in gap or re.search(r"[0-9]", gap):
            return _GAP_LIST.fullmatch(gap) is not None
        return self.tokens[at].follows or re.fullmatch(r"\s*[(«\"“-]\s*", gap) is not None

    def _joined_name(self, at: int, trigger: Trigger) -> tuple[Mention, int] | None:
        """Read «للمدعوة بفاطمة»: a listed name with something joined to it."""
        return next(iter(self._bare(at)), None) if trigger.sure else None

    def _further(self, at: int, trigger: Trigger) -> tuple[Mention, int] | None:
        """Read the next of several names: «… وزينب», «، 2- محمود»."""
        if at >= len(self.tokens):
            return None
        token = self.tokens[at]
        if token.text == "و" and token.follows:
            return self.name_at(at + 1, 0, Need.LIKELY if trigger.several else Need.LISTED, True)
        if token.text.startswith("و") and (token.follows or token.is_marked):
            whole = trigger.several and not is_common(token.text)
            return self.name_at(at, 1, Need.LIKELY if whole else Need.LISTED, trigger.several)
        listed = trigger.several and _GAP_LIST.fullmatch(token.gap) and not token.follows
        if listed and not re.fullmatch(r"\s*[.]\s*", token.gap):
            return self.name_at(at, 0, Need.LIKELY, True)
        return None

    # --- names that nothing announces ---------------------------------------------------------

    def _bare(self, at: int) -> Iterator[tuple[Mention, int]]:
        if self._is_place(at):
            return
        for joined, _ in self.tokens[at].readings():
            if joined and is_common(self.word(at)) and not self._is_known(at, joined):
                continue
            name = self.name_at(at, joined, Need.LISTED if joined else self.least)
            if name is not None:
                yield name
                return

    def _is_known(self, at: int, joined: int) -> bool:
        word = self.word(at)[joined:]
        return word in self.known or (word.startswith("ل") and "ا" + word in self.known)

    def _is_place(self, at: int) -> bool:
        before = self.word(at - 1) if at else ""
        if is_of_place(before):
            return True
        window = self.text.folded.text[max(0, self.tokens[at].start - 60) : self.tokens[at].start]
        return _RULERS.search(window) is not None


def _joined(first: Trigger, further: Trigger) -> Trigger:
    """Return what «المجني عليها الطفلة» announces: the graver role, and all that is said."""
    return Trigger(
        min(first.role, further.role, key=ORDER.index),
        feminine=first.feminine or further.feminine,
        sure=first.sure or further.sure,
        several=first.several or further.several,
    )
