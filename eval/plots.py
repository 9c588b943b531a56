"""Plots of an evaluation as PNG. Arabic is shaped and ordered here: matplotlib does neither."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import arabic_reshaper
import matplotlib as mpl
import numpy as np
from bidi.algorithm import get_display
from matplotlib.figure import Figure

from eval.scoring import interval

_FONT = "DejaVu Sans"  # comes with matplotlib, and has Arabic's presentation forms
ARABIC = {
    "citation": "إحالة إلى مادة",
    "keywords": "كلمات مفتاحية",
    "question": "سؤال",
    "facts": "وقائع",
    "ar": "بالعربية",
    "en": "بالإنجليزية",
}


def label(name: str) -> str:
    """Return a name with its Arabic below it, where there is one."""
    arabic = ARABIC.get(name.rsplit(maxsplit=1)[-1])
    return f"{name}\n{shaped(arabic)}" if arabic else name


def shaped(text: str) -> str:
    """Return Arabic in the letter forms and the order in which they stand on paper."""
    return str(get_display(arabic_reshaper.reshape(text)))


def bars(title: str, values: Mapping[str, Mapping[str, Sequence[float]]]) -> bytes:
    """Draw slice → system → values by need: groups of bars with 95 % intervals."""
    figure, axes = _figure(max(7.0, 1.7 * len(values)), 4.5)
    systems = list(next(iter(values.values())))
    width = 0.8 / len(systems)
    places = np.arange(len(values))
    for n, system in enumerate(systems):
        found = np.array([interval(of[system]) for of in values.values()])
        spread = np.abs(found[:, 1:] - found[:, :1]).T
        axes.bar(
            places + n * width - 0.4 + width / 2,
            found[:, 0],
            width,
            yerr=spread,
            capsize=2,
            label=system,
        )
    axes.set_xticks(places, [label(name) for name in values])
    axes.set_ylim(0, 1.05)
    axes.set_ylabel("nDCG@10")
    axes.legend(ncols=len(systems), fontsize="small", loc="upper right")
    axes.set_title(title)
    return _png(figure)


def gains(title: str, values: Mapping[str, Sequence[float]]) -> bytes:
    """Draw name → differences by need: one bar each, with its 95 % interval."""
    figure, axes = _figure(7.0, 0.5 * len(values) + 1.5)
    found = np.array([interval(of) for of in values.values()])
    spread = np.abs(found[:, 1:] - found[:, :1]).T
    axes.barh([label(name) for name in values], found[:, 0], xerr=spread, capsize=3)
    axes.axvline(0, color="black", linewidth=0.8)
    axes.invert_yaxis()
    axes.set_xlabel("nDCG@10")
    axes.set_title(title)
    return _png(figure)


def _figure(width: float, height: float) -> tuple[Figure, mpl.axes.Axes]:
    with mpl.rc_context({"font.family": _FONT}):
        figure = Figure(figsize=(width, height), dpi=120, layout="constrained")
        return figure, figure.subplots()


def _png(figure: Figure) -> bytes:
    held = io.BytesIO()
    with mpl.rc_context({"font.family": _FONT}):
        figure.savefig(held, format="png")
    return held.getvalue()
