"""Read a case study from the form and from a working file; the form is the only state there is.

Each case of the form has a number of its own, which its fields end in: `matter.0`, `facts-ar.0`.
Stages are the paragraphs of a field. Knows forms and files; knows nothing of HTML or of the law.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from search.casebook import CaseDraft, Draft, QuestionDraft, Said, Tongue
from search.casebook.draft import MAX_CASES, MAX_GOALS, MAX_QUESTIONS, MAX_VARIANTS, refused
from search.errors import BadRequest
from web.forms import clean, refuse_other_sites
from web.schemas_casebook import FORMAT, VERSION, DraftIO

MAX_FIELDS = 1500
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Kept:
    """Which case study of one's work a form goes on with; without an id: none yet."""

    id: str = ""
    version: int = 0
    name: str = ""


NOT_KEPT = Kept()


async def read_form(request: Request) -> tuple[Draft, str, Kept]:
    """Return the draft in a form, the action asked for, and what of one's work it goes on with.

    Raises HTTPException or BadRequest.
    """
    refuse_other_sites(request.headers)
    async with request.form(max_files=1, max_fields=MAX_FIELDS) as form:
        return _draft(form), _field(form, "action"), _kept(form)


async def read_upload(request: Request) -> Draft:
    """Return the draft of a working file; raise HTTPException or BadRequest."""
    refuse_other_sites(request.headers)
    async with request.form(max_files=1, max_fields=MAX_FIELDS) as form:
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise refused("file", "No working file was sent.")
        return read_working_file(await upload.read())


def read_working_file(data: bytes) -> Draft:
    """Return the draft that an instructor edition holds; raise BadRequest for another file."""
    try:
        held = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as exc:
        raise _no_working_file() from exc
    if not isinstance(held, dict) or (held.get("format"), held.get("version")) != (FORMAT, VERSION):
        raise _no_working_file()
    if "draft" not in held:
        raise refused(
            "participant",
            "This is a participant edition; load the JSON of the instructor edition.",
        )
    try:
        return DraftIO.model_validate(held["draft"]).value()
    except ValidationError as exc:
        raise _no_working_file() from exc


def _no_working_file() -> BadRequest:
    return refused(
        "file", "This is no working file of a case study. Load the JSON of an instructor edition."
    )


def _draft(form: FormData) -> Draft:
    try:
        tongue = Tongue(_field(form, "tongue"))
    except ValueError as exc:
        raise refused("other", "tongue takes ar, en or both.") from exc
    return Draft(
        title=Said(_line(form, "title-ar"), _line(form, "title-en")),
        tongue=tongue,
        cases=tuple(_cases(form)),
        goals=_ids(form, "goal", MAX_GOALS),
        questions=tuple(_questions(form)),
        variants=_ids(form, "variant", MAX_VARIANTS),
        reveals="reveals" in form,
    )


def _kept(form: FormData) -> Kept:
    version = _field(form, "kept-version")
    if not re.fullmatch("[0-9]{0,9}", version):
        raise BadRequest("kept-version must be a number, as the page gave it.")
    return Kept(_field(form, "kept"), int(version or 0), _line(form, "kept-name"))


def _cases(form: FormData) -> Iterator[CaseDraft]:
    for n in range(MAX_CASES):
        matter = _field(form, f"matter.{n}")
        if matter:
            yield CaseDraft(
                matter=matter,
                facts_ar=_stages(_field(form, f"facts-ar.{n}")),
                facts_en=_stages(_field(form, f"facts-en.{n}")),
                procedure=_both(form, "procedure", n),
            )


def _questions(form: FormData) -> Iterator[QuestionDraft]:
    for n in range(MAX_QUESTIONS):
        name = _field(form, f"question.{n}")
        if name:
            yield QuestionDraft(
                id=name,
                matter=_field(form, f"question-of.{n}"),
                asked=_both(form, "asked", n),
                guidance=_both(form, "guidance", n),
                included=f"ask.{n}" in form,
            )


def _both(form: FormData, name: str, n: int) -> Said:
    return Said(*(_field(form, f"{name}-{language}.{n}").strip() for language in ("ar", "en")))


def _stages(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _PARAGRAPHS.split(text) if part.strip())


def _ids(form: FormData, name: str, limit: int) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(v for v in form.getlist(name) if isinstance(v, str)))
    if len(values) > limit:
        raise refused(f"{name}s", f"A case study takes up to {limit} of {name}.", limit=limit)
    return values


def _line(form: FormData, name: str) -> str:
    return " ".join(_field(form, name).split())


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return clean(value) if isinstance(value, str) else ""
