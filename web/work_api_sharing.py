"""Sharing one's work as JSON, under /api/my-work; only where readers have accounts."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from search.access import owner
from search.catalogue.rows import dump
from search.errors import BadRequest
from search.work.sharing import Sharing
from web import schemas_work as s
from web.work_api import ANSWERS, Id, refuse_others


def sharing_api(sharing: Sharing) -> APIRouter:
    """Build the routes of sharing."""
    router = APIRouter(
        prefix="/api/my-work",
        tags=["My work"],
        responses=ANSWERS,
        dependencies=[Depends(refuse_others)],
    )
    _add_shares(router, sharing)
    _add_shared(router, sharing)
    return router


def _add_shares(router: APIRouter, sharing: Sharing) -> None:
    @router.get("/shares", summary="What one shares")
    def shares() -> list[s.ShareOut]:
        """Return what is shared with whom."""
        return [s.ShareOut.model_validate(share) for share in sharing.shares(owner())]

    @router.post("/shares", status_code=201, summary="Share something")
    def share(share: s.ShareIn) -> s.IdOut:
        """Let a colleague, or everybody of a role, read a folder, a search or a case study."""
        if (share.colleague is None) == (share.role is None):
            raise BadRequest("Name a colleague or a role: one of the two.")
        if share.colleague is not None:
            named = sharing.share_with_person(owner(), share.kind, share.item, share.colleague)
        else:
            named = sharing.share_with_role(owner(), share.kind, share.item, share.role or "")
        return s.IdOut(id=named)

    @router.delete("/shares/{id}", status_code=204, summary="Take a share back")
    def take_back(id: Id) -> None:  # noqa: A002 - the contract's name
        """End a share."""
        sharing.take_back(owner(), id)


def _add_shared(router: APIRouter, sharing: Sharing) -> None:
    @router.get("/shared", summary="What others share")
    def shared() -> list[s.SharedItemOut]:
        """Return what others share with this account or one of its roles."""
        owner()
        return [s.SharedItemOut.model_validate(each) for each in sharing.shared_with_me()]

    @router.get("/shared/{id}", summary="One thing that is shared")
    def one(id: Id) -> s.SharedOut:  # noqa: A002
        """Return it whole; of a folder, the notes on what this account may see."""
        owner()
        held = sharing.one(id)
        return s.SharedOut(
            id=held.id,
            owner=held.owner,
            kind=held.kind,
            name=held.name,
            notes=tuple(s.NoteViewOut.model_validate(view) for view in held.notes),
            query=dump(held.search.query) if held.search else None,
            draft=dump(held.study.draft) if held.study else None,
        )
