"""The wording of scans and of the review queue: English."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    # marks
    "ocr.mark": "Read by OCR ({share} sure) — not citable until reviewed",
    "ocr.not-citable": (
        "This page was read from a picture by OCR and nobody has reviewed it yet. Its words may "
        "be wrong, its numbers often are: it is not citable."
    ),
    # the queue
    "nav.review": "Review",
    "review.title": "Scanned pages to review",
    "review.lead": (
        "What was read from pictures waits here. A text becomes citable when a person has "
        "compared every page with its picture, above all the numbers."
    ),
    "review.none": "No scanned page is waiting.",
    "review.waiting": {"one": "{n} page waits", "other": "{n} pages wait"},
    "review.reviewed": {"one": "{n} page reviewed", "other": "{n} pages reviewed"},
    "review.state.waiting": "Waiting",
    "review.state.accepted": "Accepted",
    "review.state.corrected": "Corrected",
    "review.state.rejected": "Rejected",
    "review.page": "Page {page}",
    "review.picture": "Picture of page {page}",
    "review.text": "Text of the page",
    "review.text.hint": "Correct what differs from the picture. Compare every number.",
    "review.numbers": "Numbers on this page",
    "review.numbers.hint": "Framed numbers came out differently in a second reading.",
    "review.confidence": "The engine is {share} sure of this page",
    "review.doubts": "Doubts",
    "review.doubt.confidence": "many of its words are uncertain",
    "review.doubt.numbers": "two readings differ in its numbers",
    "review.doubt.articles": "its article numbers do not run on",
    "review.doubt.columns": "its lines jump between the columns",
    "review.doubt.empty": "hardly anything was read",
    "review.doubt.failed": "reading it failed",
    "review.accept": "The text is right",
    "review.reject": "Unusable: reject the page",
    "review.before": "Previous page",
    "review.after": "Next page",
    "review.saved": "Saved. {file}: {end}",
    "review.end.added": "every page is reviewed, and its text has been added.",
    "review.end.updated": "every page is reviewed, and its text has been updated.",
    "review.end.unchanged": "nothing has changed.",
    "review.end.quarantined": "the file is not added.",
}
