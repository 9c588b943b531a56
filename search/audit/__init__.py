"""The audit trail: what was done with the collection, in order, so that no change goes unseen."""

from search.audit.model import Event, Kind, Queries
from search.audit.trail import Trail
from search.audit.verifying import Finding, Verdict, verify

__all__ = ["Event", "Finding", "Kind", "Queries", "Trail", "Verdict", "verify"]
