"""The search quality last measured, read from a small file beside this module, if any."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from search.errors import BadSetting

FILE = Path(__file__).with_name("quality.json")


@dataclass(frozen=True, slots=True)
class Quality:
    """nDCG at 10 over the needs measured, 0 to 1, in all and by type of need; and the day."""

    ndcg10: float
    date: str
    by_type: Mapping[str, float] = field(default_factory=dict)


def read_quality(file: Path = FILE) -> Quality | None:
    """Return what was measured, None where nothing was; raise BadSetting for a damaged file."""
    if not file.is_file():
        return None
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        by_type = {str(name): float(value) for name, value in known.get("by_type", {}).items()}
        return Quality(float(known["ndcg10"]), str(known["date"]), by_type)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSetting(
            f"{file.name} holds no measured quality. Write ndcg10, date and by_type."
        ) from error
