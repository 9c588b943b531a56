"""Those with whom one's work can be shared."""

from __future__ import annotations

from collections.abc import Mapping

from search.access import matrix
from search.accounts.service import Accounts


def colleagues(accounts: Accounts, permission: str) -> Mapping[str, str]:
    """Return the names of the accounts that may sign in and have a permission, by their ids.

    Raises AccountsUnavailable.
    """
    return {
        account.id: account.name
        for account in accounts.all()
        if not account.disabled and permission in matrix().of_roles(account.roles)
    }
