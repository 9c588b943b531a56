"""English wording of the pages for legislative drafters: treaty duties, drafts, several sides."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    # comparing several
    "compare.another": "Provision {n}",
    "compare.as-at": "As in force on (optional)",
    "compare.more": "Add more provisions, up to {n}",
    "compare.in-all": "In all",
    "compare.make-first": "Lay the others against this one",
    "compare.pair": "Only these two, in full",
    "compare.wording.each": "The first provision against each of the others.",
    "compare.error.unchanged": "On that day the text was the one already named. Choose another "
    "day.",
    "compare.error.no-day": "That is no day. Write it as 2024-12-31.",
    "draft.onward": "Go on with its siblings",
    "draft.onward.compare": "Compare them with each other",
    "draft.onward.penalties": "Rank their penalties",
    "draft.onward.coverage": "What treaties ask",
    "ladder.csv": "Download the ladder (CSV)",
    "ladder.chart": "Chart of the gravest {n}",
    "ladder.chart.alt": "Chart of the penalties in the table below: a bar from the least term to "
    "the most.",
    "ladder.legend.term": "fixed term",
    "stale.csv": "Download the list (CSV)",
    # duties of treaties
    "coverage.title": "Treaty coverage",
    "coverage.lead": "What treaties ask of Kuwait, duty by duty, beside the provisions held here "
    "that meet it.",
    "coverage.banner": "Editorial suggestions, not legal findings",
    "coverage.notice": "Every status here is our editorial suggestion from the provisions held. It "
    "is not a legal finding, it says nothing of practice, and “gap” means that nothing was found "
    "in what is held. A person’s finding stands beside it and changes nothing in it.",
    "coverage.unreadable": "The file of findings cannot be read. Suggestions are shown without "
    "them.",
    "coverage.treaty": "Treaty",
    "coverage.all": "All treaties",
    "coverage.status": "Status (a finding goes before a suggestion)",
    "coverage.any": "Any",
    "coverage.show": "Show",
    "coverage.counts": "In figures",
    "coverage.treaty-status": "Status",
    "coverage.suggested": "Suggested",
    "coverage.found": "Found by a person",
    "coverage.save": "Save what is shown:",
    "coverage.duties": {"one": "{n} duty", "other": "{n} duties"},
    "coverage.none": "No duty has this status.",
    "coverage.suggestion": "our suggestion",
    "coverage.finding": "Finding of a person",
    "coverage.changed": "Our suggestion has changed since this finding was made.",
    "coverage.assess": "Record a finding",
    "coverage.edit": "Change the finding",
    "coverage.note": "Reasons and sources (optional)",
    "coverage.by": "Signed (optional)",
    "coverage.keep": "Keep the finding",
    "coverage.remove": "Take it back",
    "duty.covered": "Covered",
    "duty.partly": "Partly covered",
    "duty.gap": "Gap",
    "duty.not-assessed": "Not assessed",
    "strength.shall": "must do",
    "strength.endeavour": "must try",
    "strength.consider": "must consider",
    "strength.may": "may do",
    # drafts
    "draft.title": "Test a draft",
    "draft.lead": "Paste a draft article: it is read by component, laid against the nearest "
    "provisions held, and what most of them have and it lacks is listed. Nothing is kept.",
    "draft.notice": "Read by words and by our tags. That the draft lacks something is no finding "
    "that it should have it, and what comes near need not govern.",
    "draft.paper": "A draft beside its siblings",
    "draft.text": "Draft article, in Arabic or English",
    "draft.hint": "Up to {limit} characters; each line is a paragraph.",
    "draft.against": "Lay it against these provisions (optional)",
    "draft.against.hint": "Ids or citations, one a line, up to {n}. Left empty, the nearest are "
    "found.",
    "draft.go": "Read the draft",
    "draft.example": "An invented draft.",
    "draft.stale": "Cites law no longer in force",
    "draft.lacking": "What its siblings have and the draft lacks",
    "draft.lacking.note": "By the words of the texts and our tags, in at least half of the "
    "siblings. It may be left out on purpose, or stand elsewhere in the draft law.",
    "draft.lacking.whole": "nothing in the draft speaks of it",
    "draft.lacking.part": "the draft speaks of it, without these",
    "draft.lacking.of": "in {n} of {all} siblings",
    "draft.lacking.what": "Missing",
    "draft.lacking.where": "Found in",
    "draft.lacking.none": "Nothing was found.",
    "draft.parts": "The draft, paragraph by paragraph",
    "draft.parts.none": "no component found",
    "draft.nearest": "Nearest provisions of the collection",
    "draft.component": "Component",
    "draft.provisions": "Provisions",
    "draft.whole": "The whole draft",
    "draft.siblings": "Siblings",
    "draft.siblings.found": "Found by searching for the draft and for each of its components, and "
    "by the concepts they share with it.",
    "draft.siblings.chosen": "As you named them.",
    "draft.wording.share": "Words that are the same",
    "draft.citations": "Citations in the draft",
    "draft.words": "Words",
    "draft.read-as": "Read as",
    "draft.citation.ambiguous": "May mean several laws: give the number and the year",
    "draft.citation.unknown": "Names no law by itself",
    "draft.error.query-empty": "There is no draft. Paste the text of an article.",
    "draft.error.query-too-long": "The draft is too long: up to {limit} characters are read at "
    "once. Paste one article.",
    "draft.error.bad-request": "The draft has too many paragraphs, or too many provisions are "
    "named beside it.",
    # sanctions of legal persons
    "statistics.sanctions": "Sanctions of companies and other legal persons",
    "statistics.sanctions.lead": "As reported in matters held here; no person is named. A report "
    "is not a judgment, and what is not listed may have happened.",
    "statistics.sanctions.none": "No such sanction is reported in the matters held here.",
    "statistics.column.matter": "Matter",
    "statistics.column.sanction": "Sanction",
    "statistics.column.stage": "Ordered by",
    "statistics.column.detail": "As reported",
    "sanction.fine": "Fine",
    "sanction.closure": "Closure",
    "sanction.dissolution": "Dissolution",
    "sanction.licence": "Licence withdrawn or stopped",
    "ordered.court": "Court",
    "ordered.administration": "Administrative authority",
}
