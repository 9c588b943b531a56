"""Case studies for training, built from matters that are held.

    ids → read_material → propose → Draft → (the trainer changes it) → assemble → CaseStudy

A study comes in two parts that share nothing: the Handout has no field that could hold an answer,
an outcome's reasons or a matter's own title; all that is sealed stands in the Key.
"""

from search.casebook.assembling import assemble
from search.casebook.draft import CaseDraft, Draft, QuestionDraft, Said, Tongue, check_draft
from search.casebook.material import Material, read_material
from search.casebook.privacy import Found, NameFinder, find_names, refuse_names
from search.casebook.proposing import candidate_goals, propose
from search.casebook.study import CaseStudy, Handout, Key

__all__ = [
    "CaseDraft",
    "CaseStudy",
    "Draft",
    "Found",
    "Handout",
    "Key",
    "Material",
    "NameFinder",
    "QuestionDraft",
    "Said",
    "Tongue",
    "assemble",
    "candidate_goals",
    "check_draft",
    "find_names",
    "propose",
    "read_material",
    "refuse_names",
]
