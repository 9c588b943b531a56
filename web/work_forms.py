"""Read the forms of one's work: who may send them, and how much."""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.requests import Request

from search.errors import BadRequest
from search.work.model import NoteDraft, split_labels
from web.forms import refuse_other_sites

MAX_FIELDS = 400  # the form of facts repeats what is struck and assumed
_NUMBER = re.compile("[0-9]{1,9}")


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form of ours; raise HTTPException 403 for another site's."""
    refuse_other_sites(request.headers)
    async with request.form(max_files=1, max_fields=MAX_FIELDS) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def read_draft(form: Mapping[str, str]) -> NoteDraft:
    """Return what was written of a note."""
    labels = split_labels(form.get("labels", ""))
    return NoteDraft(form.get("text", ""), labels, form.get("folder") or None)


def read_number(form: Mapping[str, str], name: str) -> int:
    """Return a number that one of our pages has put into its form."""
    text = form.get(name, "")
    if not _NUMBER.fullmatch(text):
        raise BadRequest(f"{name} must be a number, as the page gave it.")
    return int(text)
