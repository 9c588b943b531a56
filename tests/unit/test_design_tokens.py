"""The stylesheet's colours can be read by everybody, in both schemes, and it never names a side.

axe does not see the contrast of joined Arabic letters, so the tokens themselves are checked.
"""

from __future__ import annotations

import re

import pytest

from web.render import STATIC

CSS = (STATIC / "tamyeez.css").read_text(encoding="utf-8")
TEXT_ON_GROUND = [
    (text, ground)
    for text in ("ink", "quiet", "accent", "accent-deep", "brass", "alert", "digest", "official")
    for ground in ("paper", "sheet", "shade")
] + [
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-mark", "mark"),
    ("alert", "alert-tint"),
    ("ink", "alert-tint"),
    ("ink", "digest-tint"),
    *((name, f"{name}-tint") for name in ("official", "translation", "digest", "reported")),
    ("training", "training-tint"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


LIGHT = tokens(CSS[CSS.index(":root") : CSS.index("@media (prefers-color-scheme: dark)")])
DARK = tokens(CSS[CSS.index("@media (prefers-color-scheme: dark)") : CSS.index("/* ---- ground")])


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_dark_scheme_gives_every_colour_anew() -> None:
    assert set(DARK) == set(LIGHT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read(scheme: str, text: str, ground: str) -> None:
    colours = LIGHT if scheme == "light" else DARK
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["focus", "rule"])
def test_edges_and_focus_can_be_seen(scheme: str, part: str) -> None:
    colours = LIGHT if scheme == "light" else DARK
    assert contrast(colours[part], colours["paper"]) >= 3


def test_no_rule_names_left_or_right() -> None:
    without_comments = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
    assert not re.findall(r"\b(?:left|right)\b", without_comments)
    assert not re.findall(r"(?:^|[;{ ])(?:margin|padding)-(?:top|bottom):", without_comments)


def test_arabic_has_room_between_its_lines() -> None:
    assert float(re.findall(r"--leading-ar: ([0-9.]+);", CSS)[0]) >= 1.9
