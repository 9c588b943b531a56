"""The pages of the case-study builder: choose matters, build, export. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from search.access import current_reader
from search.casebook import (
    Draft,
    Found,
    Material,
    NameFinder,
    QuestionDraft,
    Tongue,
    assemble,
    candidate_goals,
    find_names,
    propose,
)
from search.casebook.draft import MAX_CASES, MAX_STAGES, NOTHING, CaseDraft, refused
from search.casebook.material import Matter, matter_of
from search.casebook.study import Change
from search.casebook.variants import change_of, variant_id
from search.errors import NotHeld, TamyeezError
from search.model import Authority, Bilingual, Filters, Judgment, Kind, Language, Query, SectionKind
from web import i18n
from web.api import Service
from web.case_study_files import Form, file_answer, write_edition
from web.case_study_form import NOT_KEPT, Kept, read_form, read_upload
from web.papers.case_study import Edition
from web.render import Renderer
from web.routes import page_router

MAX_SHOWN = 40  # matters to choose from
_ELEMENT_FAMILIES = frozenset(("act", "means", "purpose", "indicator", "aggravator"))


@dataclass(frozen=True, slots=True)
class CaseOnPage:
    """One case of the form, with what is sealed of it; questions by their place in the form."""

    number: int
    draft: CaseDraft
    matter: Matter
    facts: Mapping[Language, str]
    questions: tuple[tuple[int, int, QuestionDraft], ...]  # field number, number shown, question
    changes: tuple[tuple[str, Change], ...]


class CaseStudyPages:
    """Routes of the builder in one language of the interface."""

    def __init__(
        self,
        service: Service,
        renderer: Renderer,
        language: Language,
        version: str,
        finder: NameFinder | None,
        keeping: bool = False,
    ) -> None:
        """`keeping`: a case study can be kept in one's work, see web/case_study_keeping.py."""
        self._service = service
        self._keeping = keeping
        self._renderer = renderer
        self.language = language
        self._version = version
        self._finder = finder
        routes = (
            ("GET", "", self.choose),
            ("GET", "/new", self.begin),
            ("POST", "/open", self.open),
            ("POST", "/draft", self.change),
            ("POST", "/file", self.export),
        )
        self.router = page_router(f"/{language}/case-studies", routes)

    def choose(self, request: Request) -> Response:
        """Show matters to choose from; those named by `matter` are ticked."""
        return self._choice(request)

    def begin(self, request: Request) -> Response:
        """Propose a case study of the matters named."""
        matters = request.query_params.getlist("matter")
        try:
            material = self._service.case_material(matters)
        except TamyeezError as error:
            return self._choice(request, error)
        return self.built(request, material, propose(material))

    async def open(self, request: Request) -> Response:
        """Go on with a working file."""
        try:
            draft = await read_upload(request)
            material = await run_in_threadpool(self._service.case_material, draft.matters)
        except TamyeezError as error:
            return await run_in_threadpool(self._choice, request, error)
        return await run_in_threadpool(self.built, request, material, draft)

    async def change(self, request: Request) -> Response:
        """Show the form again after a change: the button's name says which."""
        draft, action, kept = await read_form(request)
        return await run_in_threadpool(self._changed, request, draft, action, kept)

    async def export(self, request: Request) -> Response:
        """Make a file of the form: `action` is the edition and the form, as in "instructor.pdf"."""
        draft, action, kept = await read_form(request)
        return await run_in_threadpool(self._exported, request, draft, action, kept)

    def _changed(self, request: Request, draft: Draft, action: str, kept: Kept) -> Response:
        material = self._service.case_material(draft.matters)
        name, _, matter = action.partition(":")
        if name == "remove" and len(draft.cases) > 1:
            draft = _without(draft, matter)
            material = self._service.case_material(draft.matters)
        elif name == "add":
            draft = _with_own_question(draft, matter)
        elif name == "goals":
            draft = _asked_for(draft, material)
        return self.built(request, material, draft, kept=kept)

    def _exported(self, request: Request, draft: Draft, action: str, kept: Kept) -> Response:
        edition, form = _asked_file(action)
        material = self._service.case_material(draft.matters)
        try:
            study = assemble(material, draft)
            found = find_names(material, draft, self._finder)
            if found:
                raise refused("names", "A person seems to be named.", count=len(found))
        except TamyeezError as error:
            if error.status >= 500:
                raise
            names = find_names(material, draft, self._finder) if self._finder else ()
            return self.built(request, material, draft, error, names, kept)
        made = write_edition(study, draft, edition, form, self.language, self._version)
        return file_answer(made, edition, draft.tongue, form)

    def built(
        self,
        request: Request,
        material: Material,
        draft: Draft,
        error: TamyeezError | None = None,
        found: Sequence[Found] = (),
        kept: Kept = NOT_KEPT,
    ) -> Response:
        """Show the form of a draft."""
        context = {
            "keeping": self._may_keep(),
            "kept": kept,
            "just_kept": request.query_params.get("kept") == "yes",
            "draft": draft,
            "cases": [_on_page(material, draft, n) for n in range(len(draft.cases))],
            "goals": [(goal, material.label(goal)) for goal in candidate_goals(material)],
            "tongues": list(Tongue),
            "label": material.label,
            "error": self._sentence(error) if error else "",
            "found": [(each.words, self._where(each)) for each in found],
            "limit": MAX_STAGES,
            "again": [("matter", matter) for matter in draft.matters],
            "training": Authority.TRAINING,
            "outcome_of": lambda m: m.text(SectionKind.DISPOSITION, SectionKind.REASONS),
        }
        status = error.status if error else 200
        return self._renderer.page(request, self.language, "case_study.html", context, status)

    def _choice(self, request: Request, error: TamyeezError | None = None) -> Response:
        asked = {
            name: request.query_params.get(name, "").strip()
            for name in ("q", "offence", "element", "training")
        }
        ticked = request.query_params.getlist("matter")[:MAX_CASES]
        matters = {matter.id: matter for matter in self._service.matters()}
        labels = {concept.id: concept for concept in self._service.concepts()}
        fitting = self._fitting(asked, matters)
        chosen = [matters[name] for name in dict.fromkeys(ticked) if name in matters]
        rest = [matter for matter in fitting if matter.id not in ticked]
        context = {
            "asked": asked,
            "chosen": chosen,
            "shown": rest[:MAX_SHOWN],
            "more": len(rest) > MAX_SHOWN,
            "shown_limit": MAX_SHOWN,
            "limit": MAX_CASES,
            "offences": self._named(
                {charge.offence for m in matters.values() for charge in m.charges}, labels
            ),
            "elements": self._named(
                {
                    name
                    for m in matters.values()
                    for name in _taught(m)
                    if name in labels and labels[name].family in _ELEMENT_FAMILIES
                },
                labels,
            ),
            "error": self._sentence(error) if error else "",
            "keeping": self._may_keep(),
        }
        status = error.status if error else 200
        return self._renderer.page(request, self.language, "case_studies.html", context, status)

    def _may_keep(self) -> bool:
        return self._keeping and current_reader().may("work")

    def _fitting(self, asked: Mapping[str, str], matters: Mapping[str, Judgment]) -> list[Judgment]:
        """Return the matters asked for: in the order of the search, else the shelf's."""
        order = [work.id for work in self._service.judgments()]
        if asked["q"]:
            query = Query(asked["q"], Filters(kind=Kind.JUDGMENT), limit=MAX_SHOWN)
            order = [hit.id for hit in self._service.search(query).hits]
        return [matters[name] for name in order if name in matters and _fits(matters[name], asked)]

    def _named(self, ids: set[str], concepts: Mapping[str, object]) -> list[tuple[str, Bilingual]]:
        labels = ((i, getattr(concepts.get(i), "label", Bilingual(en=i))) for i in ids)
        return sorted(labels, key=lambda named: named[1].best(self.language))

    def _sentence(self, error: TamyeezError) -> str:
        key = f"case.error.{error.details.get('reason')}"
        if key not in i18n.CATALOGUES[self.language]:
            return i18n.error_sentence(self.language, error)
        values = {
            name: i18n.number(self.language, value) if isinstance(value, int) else value
            for name, value in error.details.items()
        }
        return i18n.message(self.language, key, **values)

    def _where(self, found: Found) -> str:
        def say(key: str, number: int) -> str:
            n = i18n.number(self.language, number)
            return i18n.message(self.language, f"case.where.{key}", n=n)

        parts = [say("case", found.case)] if found.case else []
        parts.append(say(found.place.where, found.place.number))
        parts.append(i18n.message(self.language, f"case.tongue.{found.place.language}"))
        return i18n.message(self.language, "sep").join(parts)


def _on_page(material: Material, draft: Draft, place: int) -> CaseOnPage:
    case = draft.cases[place]
    matter = matter_of(material, case.matter)
    own = [(n, q) for n, q in enumerate(draft.questions) if q.matter == case.matter]
    changes = tuple(
        (variant_id(case.matter, pair.id), change_of(matter, pair, ""))
        for pair in material.pairs[case.matter]
    )
    return CaseOnPage(
        number=place + 1,
        draft=case,
        matter=matter,
        facts={language: "\n\n".join(case.facts(language)) for language in Language},
        questions=tuple((n, shown, q) for shown, (n, q) in enumerate(own, 1)),
        changes=changes,
    )


def _without(draft: Draft, matter: str) -> Draft:
    return replace(
        draft,
        cases=tuple(case for case in draft.cases if case.matter != matter),
        questions=tuple(q for q in draft.questions if q.matter != matter),
        variants=tuple(v for v in draft.variants if not v.startswith(f"{matter}:")),
    )


def _with_own_question(draft: Draft, matter: str) -> Draft:
    taken = {question.id for question in draft.questions}
    name = next(f"own-{n}" for n in range(1, len(taken) + 2) if f"own-{n}" not in taken)
    return replace(draft, questions=(*draft.questions, QuestionDraft(name, matter, NOTHING)))


def _asked_for(draft: Draft, material: Material) -> Draft:
    """Tick the questions that ask for the draft's goals; the trainer's own stay as they are."""
    proposed = propose(material, draft.tongue, draft.goals).questions
    wanted = {(q.matter, q.id): q.included for q in proposed}
    questions = (
        replace(q, included=wanted.get((q.matter, q.id), q.included)) for q in draft.questions
    )
    return replace(draft, questions=tuple(questions))


def _asked_file(action: str) -> tuple[Edition, Form]:
    edition, _, form = action.partition(".")
    if edition not in set(Edition) or form not in set(Form):
        raise NotHeld(f"There is no edition of the form {action[:40]!r}.")
    return Edition(edition), Form(form)


def _taught(matter: Judgment) -> tuple[str, ...]:
    return (*(each.element for each in matter.elements), *matter.concepts)


def _fits(matter: Judgment, asked: Mapping[str, str]) -> bool:
    charged = {charge.offence for charge in matter.charges}
    return (
        (not asked["offence"] or asked["offence"] in charged)
        and (not asked["element"] or asked["element"] in _taught(matter))
        and (not asked["training"] or matter.authority is Authority.TRAINING)
    )
