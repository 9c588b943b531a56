"""Every error a user can meet, with its status and code.

    TamyeezError
    ├── BadRequest                400  the request itself is wrong
    │   ├── BadIdentifier         400  an id that follows no grammar
    │   ├── BadSetting            400  a setting with a wrong value
    │   ├── BadAccount            422  a name, role, scope or number of days that cannot be given
    │   ├── BadPassword           422  a new password that is not to be used
    │   ├── QueryEmpty            422  nothing to search for
    │   └── QueryTooLong          422  more than we search with
    ├── NotSignedIn               401  nobody is signed in, or the name or password is wrong
    ├── NotPermitted              403  the reader's roles do not include it
    ├── NotHeld                   404  a well-formed id that the collection does not hold
    ├── NotSaved                  404  a note, folder or search that is not among one's work
    ├── EditConflict              409  what is saved was changed in another window meanwhile
    ├── LimitReached              422  more, or longer, than one's work may be
    ├── Unreadable                422  a file that cannot be read well enough to index
    │   └── BadRecord             422  a file that is no record of a search
    ├── StoreBusy                 503  another process holds the embedded index
    ├── IndexNotReady             503  no index has been built yet
    ├── IndexMismatch             503  the index was made by another embedder or schema
    ├── StoreDamaged              503  the catalogue or the index on disk is broken
    ├── StoreFull                 507  no room left on the disk
    ├── WorkUnavailable           503  the file of notes is damaged, busy or cannot be written
    ├── AccountsUnavailable       503  the file of accounts is damaged, busy or cannot be written
    ├── NotRecorded               503  restricted, and its opening cannot be recorded
    └── EngineUnavailable         503  an engine, model or server cannot be used here

A message says what happened, where, and what to do. `messages` in web/i18n.py renders `code`
with `details` in the reader's language; `str(error)` is the English sentence for the command line.
"""

from __future__ import annotations


class TamyeezError(Exception):
    """Base of all errors that are shown to a user as one sentence."""

    status = 500
    code = "error"

    def __init__(self, message: str, **details: str | int) -> None:
        """Keep the English sentence and the values a translated sentence needs."""
        super().__init__(message)
        self.details = details


class BadRequest(TamyeezError):
    status = 400
    code = "bad-request"


class BadIdentifier(BadRequest):
    code = "bad-identifier"


class BadSetting(BadRequest):
    code = "bad-setting"


class BadAccount(BadRequest):
    status = 422
    code = "bad-account"


class NoColleague(BadRequest):
    status = 422
    code = "no-colleague"


class BadPassword(BadRequest):
    status = 422
    code = "bad-password"


class QueryEmpty(BadRequest):
    status = 422
    code = "query-empty"


class QueryTooLong(BadRequest):
    status = 422
    code = "query-too-long"


class NotSignedIn(TamyeezError):
    status = 401
    code = "not-signed-in"


class NotPermitted(TamyeezError):
    status = 403
    code = "not-permitted"


class NotHeld(TamyeezError):
    status = 404
    code = "not-held"


class Unreadable(TamyeezError):
    """A file that is refused; `reason` is a stable word for reports, the message the advice."""

    status = 422
    code = "unreadable"

    def __init__(self, message: str, reason: str, **details: str | int) -> None:
        super().__init__(message, **details)
        self.reason = reason


class BadRecord(Unreadable):
    code = "bad-record"


class NotSaved(TamyeezError):
    status = 404
    code = "not-saved"


class EditConflict(TamyeezError):
    status = 409
    code = "edit-conflict"


class LimitReached(TamyeezError):
    status = 422
    code = "limit-reached"


class StoreBusy(TamyeezError):
    status = 503
    code = "store-busy"


class IndexNotReady(TamyeezError):
    status = 503
    code = "index-not-ready"


class IndexMismatch(TamyeezError):
    status = 503
    code = "index-mismatch"


class StoreDamaged(TamyeezError):
    status = 503
    code = "store-damaged"


class StoreFull(TamyeezError):
    status = 507
    code = "store-full"


class EngineUnavailable(TamyeezError):
    status = 503
    code = "engine-unavailable"


class AccountsUnavailable(TamyeezError):
    status = 503
    code = "accounts-unavailable"


class NotRecorded(TamyeezError):
    status = 503
    code = "not-recorded"


class WorkUnavailable(TamyeezError):
    status = 503
    code = "work-unavailable"
