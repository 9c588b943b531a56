"""Case studies as files: the editions by form, and the API that makes them. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from search.casebook import (
    CaseStudy,
    Draft,
    NameFinder,
    Tongue,
    assemble,
    propose,
    refuse_names,
)
from search.casebook.draft import MAX_CASES, MAX_GOALS
from search.model import Language
from web import papers
from web.api import Service
from web.papers.case_study import Edition, case_study_json, case_study_paper
from web.schemas import ErrorOut
from web.schemas_casebook import DraftIO, Id


class Form(StrEnum):
    """What an edition is written as."""

    JSON = "json"
    DOCX = "docx"
    PDF = "pdf"


def write_edition(
    study: CaseStudy, draft: Draft, edition: Edition, form: Form, language: Language, version: str
) -> bytes:
    """Return an edition as a file."""
    if form is Form.JSON:
        return case_study_json(study, draft, edition)
    paper = case_study_paper(study, edition, language, version)
    write: Callable[[papers.Paper], bytes] = (
        papers.write_docx if form is Form.DOCX else papers.write_pdf
    )
    return write(paper)


def file_name(edition: Edition, tongue: Tongue, form: Form) -> str:
    """Return what an exported file is called: nothing of the matters, whose names tell."""
    return f"tamyeez-case-study-{edition}-{tongue}.{form}"


class CaseStudyIn(BaseModel):
    """Which matters, or which draft, and what to make of it. Nothing of it is stored."""

    model_config = ConfigDict(extra="forbid")

    matters: list[Id] = Field(
        [],
        max_length=MAX_CASES,
        description="Ids of matters: a case study is proposed of them.",
        examples=[["kw-training-0001-a"]],
    )
    draft: DraftIO | None = Field(
        None, description="In the place of matters: the draft of an instructor edition, changed."
    )
    goals: list[Id] | None = Field(
        None,
        max_length=MAX_GOALS,
        description="Concepts to teach; left out: all, and every question is asked.",
    )
    tongue: Tongue = Field(Tongue.BOTH, description="Of what is proposed.")
    edition: Edition = Field(Edition.PARTICIPANT, description="Only the instructor's has answers.")
    format: Form = Field(Form.JSON, description="JSON, or a paper as DOCX or PDF.")
    language: Language = Field(Language.AR, description="Which comes first where both are shown.")


def case_studies_api(service: Service, version: str, finder: NameFinder | None) -> APIRouter:
    """Build the route of the API."""
    router = APIRouter(
        prefix="/api",
        tags=["Case studies"],
        responses={
            400: {"model": ErrorOut, "description": "Not complete, too much, or naming a person"},
            404: {"model": ErrorOut, "description": "A matter that is not held"},
            422: {"model": ErrorOut, "description": "A value out of bounds"},
        },
    )

    @router.post(
        "/case-studies",
        summary="Build a case study",
        response_class=Response,
        responses={200: {"content": {media: {} for media in papers.MEDIA_TYPES.values()}}},
    )
    def build(asked: Annotated[CaseStudyIn, Body()]) -> Response:
        """Build an edition of matters, or of a draft, as JSON, DOCX or PDF.

        The instructor edition as JSON holds the draft, to be changed and sent again.
        """
        given = asked.draft.value() if asked.draft else None
        material = service.case_material(given.matters if given else asked.matters)
        draft = given or propose(material, asked.tongue, asked.goals)
        refuse_names(material, draft, finder)
        study = assemble(material, draft)
        made = write_edition(study, draft, asked.edition, asked.format, asked.language, version)
        return file_answer(made, asked.edition, draft.tongue, asked.format)

    return router


def file_answer(made: bytes, edition: Edition, tongue: Tongue, form: Form) -> Response:
    name = file_name(edition, tongue, form)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=papers.MEDIA_TYPES[form], headers=disposition)
