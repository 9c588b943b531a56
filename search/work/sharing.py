"""Let colleagues read a folder, a saved search or a case study; they change nothing of it.

What a reader may not see of the collection they do not see here either: a note, search or case
study on something hidden from them is not in what is shared with them, and nothing tells that it
is there. What an owner writes in their own words is shown as they wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from search.access import Reader, current_reader, matrix
from search.errors import NoColleague, NotSaved
from search.work import notes, saved, shares, studies
from search.work.model import (
    Audience,
    Note,
    NoteView,
    Share,
    Shared,
    ShareKind,
    Target,
    TargetState,
    Wanted,
)
from search.work.news import Collection
from search.work.rows import gone
from search.work.store import WorkStore

WORK = "work"  # the permission of those with whom one shares
FEED = "feed"  # what the token in the address of a feed may, and nothing else


class Sharing:
    """Share one's work, and read what others share. Safe to use from several threads.

    `colleagues` returns the names of those who sign in and keep work, by the ids of their accounts.
    Every function may raise WorkUnavailable and AccountsUnavailable.
    """

    def __init__(
        self,
        store: WorkStore,
        collection: Collection,
        colleagues: Callable[[], Mapping[str, str]],
    ) -> None:
        """Take the file of work and the collection as the present reader sees it."""
        self._store = store
        self._collection = collection
        self._colleagues = colleagues

    def roles(self) -> tuple[str, ...]:
        """Return the roles that one can share with."""
        return tuple(role.id for role in matrix().roles.values() if WORK in role.may)

    def share_with_person(self, owner: str, kind: ShareKind, item: str, name: str) -> str:
        """Let the colleague of a name read something; return the share's id.

        Raises NoColleague, NotSaved, LimitReached.
        """
        wanted = name.strip().casefold()
        found = [i for i, named in self._colleagues().items() if named.casefold() == wanted]
        if not found or found[0] == owner:
            raise NoColleague(
                "No colleague who keeps work here has this name. Write the name they sign in with."
            )
        return self._share(owner, kind, item, Audience.PERSON, found[0])

    def share_with_role(self, owner: str, kind: ShareKind, item: str, role: str) -> str:
        """Let everybody of a role read something; return the share's id.

        Raises NoColleague for a role that keeps no work, NotSaved, LimitReached.
        """
        if role not in self.roles():
            raise NoColleague(f"One shares with a role that keeps work: {', '.join(self.roles())}.")
        return self._share(owner, kind, item, Audience.ROLE, role)

    def _share(self, owner: str, kind: ShareKind, item: str, audience: Audience, whom: str) -> str:
        with self._store.write() as conn:
            return shares.add_share(conn, owner, kind, item, audience, whom)

    def shares(self, owner: str) -> list[Share]:
        """Return what an owner shares; persons by name, one without an account any more as "-"."""
        with self._store.read() as conn:
            held = shares.list_shares(conn, owner)
        names = self._colleagues() if held else {}
        return [
            replace(share, whom=names.get(share.whom, "-"))
            if share.audience is Audience.PERSON
            else share
            for share in held
        ]

    def take_back(self, owner: str, share: str) -> Share:
        """End a share and return what it was; raise NotSaved."""
        with self._store.write() as conn:
            ended = shares.take_back(conn, owner, share)
        self._store.wipe_traces()
        return ended

    def shared_with_me(self) -> list[Shared]:
        """Return what others share with the present reader, the latest first."""
        return self._read(self._open(current_reader()))

    def one(self, share: str) -> Shared:
        """Return what is shared with the present reader under an id; raise NotSaved."""
        held = [each for each in self._open(current_reader()) if each.id == share]
        found = self._read(held)
        if not found:
            raise gone()
        return found[0]

    def _open(self, reader: Reader) -> list[Share]:
        with self._store.read() as conn:
            return shares.shares_with(conn, reader.id, reader.roles)

    def _read(self, held: list[Share]) -> list[Shared]:
        """Return what of the shares this reader may see, with the names of those who share."""
        names = self._colleagues() if held else {}
        read = {
            ShareKind.FOLDER: self._folder,
            ShareKind.SEARCH: self._search,
            ShareKind.STUDY: self._study,
        }
        # Whoever no longer signs in can take nothing back: nobody reads it either.
        found = (read[of.kind](of, names[of.owner]) for of in held if of.owner in names)
        return [shared for shared in found if shared is not None]

    def _folder(self, share: Share, owner: str) -> Shared | None:
        with self._store.read() as conn:
            named = {folder.id: folder.name for folder in notes.list_folders(conn, share.owner)}
            wanted = Wanted(folder=share.item)
            _, held = notes.find_notes(conn, share.owner, wanted, limit=None)
        targets = self._collection.targets(list({note.target for note in held}))
        seen = tuple(_seen(note, targets[note.target]) for note in held if note.target in targets)
        # A folder of which nothing may be seen is not named: its name may tell what is in it.
        if share.item not in named or not seen:
            return None
        return Shared(share.id, owner, share.kind, named[share.item], notes=seen)

    def _search(self, share: Share, owner: str) -> Shared | None:
        try:
            with self._store.read() as conn:
                held = saved.read_search(conn, share.owner, share.item)
        except NotSaved:
            return None
        work = held.query.filters.work
        if work and work not in self._collection.targets([work]):
            return None
        return Shared(share.id, owner, share.kind, held.name, search=held)

    def _study(self, share: Share, owner: str) -> Shared | None:
        try:
            with self._store.read() as conn:
                held = studies.read_study(conn, share.owner, share.item)
        except NotSaved:
            return None
        if set(held.draft.matters) - set(self._collection.targets(held.draft.matters)):
            return None
        return Shared(share.id, owner, share.kind, held.name, study=held)


def _seen(note: Note, target: Target) -> NoteView:
    """Return a note under the name that what it is on has for this reader."""
    same = target.digest == note.target_digest
    state = TargetState.SAME if same else TargetState.CHANGED
    return NoteView(replace(note, target_label=target.label), state)
