"""Read the form of facts: where it comes from, its limits, a text or a text file.

Everything stays in memory and is forgotten with the request. Knows forms; knows nothing of HTML or
of the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from search.distinction.weighed import WhatIf
from search.errors import BadRequest, Unreadable

MAX_CHANGES = 200  # sentences struck, or signals assumed
MAX_FIELDS = 1000
_STATES = {"yes": True, "no": False}
_ASSUMPTION = re.compile(r"([a-z][a-z0-9-]{0,39}):(yes|no)?")
# Read as blanks, one for one: offsets hold, and a paper can print what is left.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class FactsForm:
    """What a reader asked: the facts, the day as written, and what is changed in the case."""

    facts: str = ""
    day: str = ""
    struck: tuple[int, ...] = ()
    assumed: dict[str, bool] = field(default_factory=dict)

    @property
    def what_if(self) -> WhatIf:
        """The changes, as the engine takes them."""
        return WhatIf(self.struck, self.assumed)

    @property
    def is_changed(self) -> bool:
        """True where the case read is not the facts as given."""
        return bool(self.struck or self.assumed)


def refuse_other_sites(headers: Headers) -> None:
    """Raise HTTPException 403 for a form that another site's page has sent."""
    origin = headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
    if foreign or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403)


async def read_facts_form(request: Request) -> FactsForm:
    """Read the form; raise HTTPException 403, BadRequest or Unreadable (not a text file)."""
    refuse_other_sites(request.headers)
    async with request.form(max_files=1, max_fields=MAX_FIELDS) as form:
        facts = _field(form, "facts")
        upload = form.get("file")
        if not facts.strip() and isinstance(upload, UploadFile):
            facts = decode_text(await upload.read())
        # A button that takes all changes back goes with the fields that make them.
        changes = "clear" not in form
        return FactsForm(
            facts=clean(facts),
            day=_field(form, "date").strip(),
            struck=_places(form.getlist("strike")) if changes else (),
            assumed=_assumed([*form.getlist("assume"), *form.getlist("change")]) if changes else {},
        )


def clean(facts: str) -> str:
    """Return facts with line ends as \\n and no control characters."""
    return _CONTROLS.sub(" ", facts.replace("\r\n", "\n").replace("\r", "\n"))


def decode_text(data: bytes) -> str:
    """Decode a text file: UTF-8, UTF-16 with its mark, or Windows' Arabic code page."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1256")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return text
    raise Unreadable("The file is not plain text. Save it as .txt, or paste its words.", "not-text")


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _places(values: Iterable[object]) -> tuple[int, ...]:
    texts = sorted({str(value) for value in values})
    if len(texts) > MAX_CHANGES or not all(re.fullmatch("[0-9]{1,5}", text) for text in texts):
        raise BadRequest(f"strike takes the numbers of up to {MAX_CHANGES} sentences.")
    return tuple(sorted({int(text) for text in texts}))


def _assumed(values: Iterable[object]) -> dict[str, bool]:
    """Read "signal:yes", "signal:no" or "signal:" (as read); later ones win, commas join some."""
    assumed: dict[str, bool] = {}
    for part in (part for value in values for part in str(value).split(",") if part):
        match = _ASSUMPTION.fullmatch(part)
        if match is None:
            raise BadRequest("assume takes a signal's id and yes or no, as in debt:no.")
        assumed.pop(match[1], None)
        if match[2]:
            assumed[match[1]] = _STATES[match[2]]
    if len(assumed) > MAX_CHANGES:
        raise BadRequest(f"Up to {MAX_CHANGES} signals can be assumed.")
    return assumed
