"""Telling offences apart: facts in, every offence in reach element by element out.

    facts → clauses → signals (what a clause says, and whether it says it as so) → elements →
    offences → primary reading, alternatives, what is missing, precedents, questions

Knows the law only as the offence definitions of the collection state it. Decides nothing.
"""
