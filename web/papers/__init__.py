"""Working papers to be saved by the reader: what is on a page, as DOCX, PDF or JSON.

    a reading → Paper (blocks of text, no format) → docx.py or pdf.py → bytes

Nothing is written to disk. Other pages that export make a Paper of their own.
"""

from web.papers.case_study import case_study_json, case_study_paper
from web.papers.distinction import distinction_json, distinction_paper
from web.papers.docx import write_docx
from web.papers.draft import draft_json, draft_paper
from web.papers.paper import Bullets, Facing, Heading, NewPage, Paper, Ruled, Table, Text
from web.papers.pdf import write_pdf

# What is offered, by the ending of its file.
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}

__all__ = [
    "MEDIA_TYPES",
    "Bullets",
    "Facing",
    "Heading",
    "NewPage",
    "Paper",
    "Ruled",
    "Table",
    "Text",
    "case_study_json",
    "case_study_paper",
    "distinction_json",
    "distinction_paper",
    "draft_json",
    "draft_paper",
    "write_docx",
    "write_pdf",
]
