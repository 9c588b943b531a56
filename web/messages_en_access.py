"""The wording of signing in, accounts, roles and the audit trail: English."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    # signing in
    "sign-in.title": "Sign in",
    "sign-in.lead": "Accounts are given by the administrator of this installation.",
    "sign-in.name": "User name",
    "sign-in.password": "Password",
    "sign-in.go": "Sign in",
    "sign-in.sso": "Sign in with your organisation’s account",
    "sign-out": "Sign out",
    # one's own account
    "account.title": "My account",
    "account.roles": "Roles",
    "account.what": "What the roles may do",
    "account.must-change": "This password was given to you by another person. Choose one of your "
    "own; then you can go on.",
    "account.changed": "Done.",
    "account.password": "Change the password",
    "account.password.hint": "12 to 200 characters, without your name. Several words in a row are "
    "easy to keep in mind.",
    "account.old": "Present password",
    "account.new": "New password",
    "account.again": "New password once more",
    "account.password.go": "Change",
    "account.sessions": "Other sessions",
    "account.sessions.hint": "Ends every session of this account on other machines.",
    "account.sessions.go": "Sign out everywhere else",
    "account.tokens": "Tokens for programs",
    "account.tokens.hint": "A program sends the token as “Authorization: Bearer …”. It may do no "
    "more than what is ticked here, holds for {days} days, and is shown once.",
    "account.token.name": "What it is for",
    "account.token.scopes": "It may",
    "account.token.go": "Make a token",
    "account.token.secret": "Copy it now; it is not shown again:",
    "account.token.until": "until {date}",
    "account.token.end": "End it",
    "account.tokens.none": "None.",
    # users
    "nav.users": "Users",
    "users.title": "Users",
    "users.lead": "Nobody’s password can be read. A new one is shown once and must be changed when "
    "it is first used.",
    "users.name": "Name",
    "users.roles": "Roles",
    "users.state": "State",
    "users.since": "Since",
    "users.acts": "Change",
    "users.active": "active",
    "users.disabled": "disabled",
    "users.locked": "locked for a while after wrong passwords",
    "users.must-change": "has not yet chosen a password",
    "users.sso": "single sign-on",
    "users.add": "Add a user",
    "users.add.go": "Add",
    "users.reset": "New password",
    "users.disable": "Disable",
    "users.enable": "Enable",
    "users.roles.go": "Save the roles",
    "users.done": "Done: {name}.",
    "users.password": "One-time password of {name}, shown only now:",
    # the matrix
    "nav.access": "Who may do what",
    "access.title": "Who may do what",
    "access.lead": "A person may have several roles. What no role allows is refused, on the pages, "
    "in the API and to tokens alike. Without accounts, on this machine alone, everything is open.",
    "access.permission": "Permission",
    "access.yes": "yes",
    "access.no": "no",
    "access.doors": "Addresses and commands",
    "access.restricted": "Restricted matters, and texts read by OCR that nobody has reviewed, are "
    "hidden from the others everywhere: in results, counts, suggestions, exports and links.",
    # the trail
    "nav.trail": "Audit trail",
    "trail.title": "Audit trail",
    "trail.lead": "What was done, newest first: the last {shown}. Each event carries the seal of "
    "the one before, so that none can be changed or taken out unseen.",
    "trail.verify": "Check the whole chain",
    "trail.whole": "Whole: events {first} to {last}.",
    "trail.broken": "Not whole:",
    "trail.csv": "All events as CSV",
    "trail.none": "Nothing has been recorded yet.",
    "trail.column.number": "Number",
    "trail.column.at": "At (UTC)",
    "trail.column.actor": "By",
    "trail.local": "this machine",
    "trail.column.kind": "What",
    "trail.column.objects": "Of what",
    "trail.column.outcome": "Outcome",
    "trail.column.detail": "Detail",
    "trail.kind.search": "search",
    "trail.kind.restricted": "opened what is restricted",
    "trail.kind.identity": "looked up masked names",
    "trail.kind.export": "export",
    "trail.kind.ingest": "ingest",
    "trail.kind.withdraw": "withdrawal",
    "trail.kind.review": "review",
    "trail.kind.backup": "backup",
    "trail.kind.restore": "restore",
    "trail.kind.administration": "administration",
    "trail.kind.retention": "events let go",
    "trail.kind.sign-in": "sign-in",
    "trail.outcome.done": "done",
    "trail.outcome.refused": "refused",
    "trail.outcome.quarantined": "quarantined",
    "trail.outcome.stopped": "stopped",
    # refusals
    "error.sign-in-needed": "Sign in first, or send a token: “Authorization: Bearer …”.",
    "error.not-signed-in": "The name or the password is wrong, or the account is locked for a "
    "while. After five wrong passwords one waits for a quarter of an hour.",
    "error.not-permitted": "Your role does not include this. The administrator can add it.",
    "error.accounts-unavailable": "Nobody can sign in now: the accounts cannot be read. The "
    "administrator must look at this.",
    "error.not-recorded": "This is restricted: it is shown only when its opening is recorded, and "
    "the audit trail cannot be written now. The administrator must look at this.",
    "error.bad-account": "This cannot be given to an account. A name has 2 to 64 letters or digits "
    "and is not taken yet; at least one role or permission is ticked; nobody changes their own "
    "rights; a new password is typed the same twice.",
    "error.bad-password": "A new password has {least} to {most} characters, does not hold the "
    "user’s name and is not the former one. Nothing was changed.",
}
