"""Who may do what: roles as data, the reader one acts for, and what each may see."""

from search.access.matrix import ANYBODY, Matrix, Permission, matrix
from search.access.reader import OPERATOR, Reader, acting_as, current_reader, owner, require

__all__ = [
    "ANYBODY",
    "OPERATOR",
    "Matrix",
    "Permission",
    "Reader",
    "acting_as",
    "current_reader",
    "matrix",
    "owner",
    "require",
]
