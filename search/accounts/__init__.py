"""Accounts of persons and tokens of programs: who they are, not what they may."""

from search.accounts.model import Account, Session, Token
from search.accounts.service import Accounts, TimeOuts

__all__ = ["Account", "Accounts", "Session", "TimeOuts", "Token"]
