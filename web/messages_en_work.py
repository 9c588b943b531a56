"""The wording of one's work and of the record of a search: English."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    # ways in
    "nav.work": "My work",
    "work.note.add": "Add a note",
    "work.search.keep": "Save this search",
    "work.facts.keep": "Save these facts in my work",
    "work.facts.keep.hint": "Only then are they kept, on this installation.",
    "record.link": "Record of this search",
    "record.check.link": "Check a record",
    # one's work
    "work.title": "My work",
    "work.lead": "Notes, labels and searches that you keep. They stay on this installation, in a "
    "file of their own that rebuilding the collection does not touch.",
    "work.banner": "Personal notes. They are no part of the collection.",
    "work.side": "Folders, searches and facts",
    "work.notes": "Notes",
    "work.find": "Find in my notes",
    "work.all": "Show all",
    "work.none": "There are no notes yet. Open a provision or a matter and choose “Add a note”.",
    "work.none-found": "No note fits.",
    "work.pages": "More notes",
    "work.newer": "Newer notes",
    "work.older": "Older notes",
    "work.folders": "Folders",
    "work.folder": "Folder",
    "work.folder.new": "New folder",
    "work.folder.add": "Add",
    "work.folder.delete": "Delete this folder; its notes stay",
    "work.rename": "Rename",
    "work.no-folder": "No folder",
    "work.labels": "Labels",
    "work.labels.hint": "With commas between them.",
    "work.searches": "Saved searches",
    "work.searches.none": "None yet: save one from a page of results.",
    "work.facts": "Saved facts",
    "work.facts.none": "None. Facts are kept only when you save them.",
    "work.out": "Take away, delete",
    "work.export.page": "Everything on one page",
    "work.export.docx": "Everything as a Word file",
    "work.export.json": "Everything as JSON",
    "work.delete.all": "Delete everything",
    "work.delete.lead": "All notes, folders, saved searches and saved facts are deleted, and what "
    "they said is overwritten in the file. This cannot be taken back.",
    "work.delete.sure": "Yes, delete everything I have saved",
    # a note
    "work.note": "Note",
    "work.note.new": "New note",
    "work.text": "Note",
    "work.save": "Save",
    "work.saved": "Saved.",
    "work.note.delete": "Delete this note",
    "work.bookmark": "Bookmark without a text",
    "work.others": "Other notes on the same",
    "work.conflict.stored": "What the other window has saved",
    "work.conflict.how": "Your own words are in the form below. Take over what is missing, then "
    "save again.",
    "work.state.changed": "Changed since",
    "work.state.changed.lead": "This text, or what happened to it, is not what it was when the "
    "note was last confirmed. Read it again.",
    "work.state.withdrawn": "Withdrawn since",
    "work.state.withdrawn.lead": "The collection no longer holds what this note is on. The note "
    "stays.",
    "work.state.read": "I have read it as it is now",
    # saved searches
    "work.search": "Saved search",
    "work.search.run": "Run it whole",
    "work.search.delete": "Delete this search",
    "work.seen": "Looked at on {date}",
    "work.seen.mark": "I have seen these",
    "work.new.lead": "Results on documents that came to the collection after you last looked, "
    "among the first {n} results. A document that was already held is not new for ranking higher.",
    # saved facts
    "work.facts.one": "Saved facts",
    "work.facts.lead": "You saved these facts. They may identify persons: delete them when they "
    "are no longer needed.",
    "work.facts.again": "Read them again",
    "work.facts.delete": "Delete these facts",
    "count.notes": {"one": "{n} note", "other": "{n} notes"},
    "count.new": {"one": "{n} new result", "other": "{n} new results"},
    # the record
    "record.title": "Record of a search",
    "record.banner": "Record of a search — what a program showed, not legal advice",
    "record.lead": "This sheet says what was asked, of which collection, by which program, and "
    "what was shown. The JSON file is signed: kept with a file, it can be checked and run again.",
    "record.back": "Back to the results",
    "record.save.json": "Save the signed record",
    "record.save.pdf": "PDF",
    "record.save.docx": "Word",
    "record.query": "What was asked",
    "record.settings": "Settings",
    "record.language": "Read as",
    "record.expand": "Widened by the thesaurus",
    "record.yes": "yes",
    "record.no": "no",
    "record.limit": "Results at most",
    "record.offset": "Results skipped",
    "record.conditions": "Collection and program",
    "record.when": "Made on {date} at {time} (UTC).",
    "record.collection.edition": "Edition of the collection",
    "record.collection.revision": "Revision of the catalogue",
    "record.collection.fingerprint": "Fingerprint of all passages",
    "record.collection.instruments": "Laws and treaties held",
    "record.collection.judgments": "Judgments and matters held",
    "record.collection.passages": "Passages held",
    "record.engine.program": "Version of Tamyeez",
    "record.engine.embedder": "Model for meaning",
    "record.engine.adapter": "Adapter of the model",
    "record.engine.ranking": "Ranking",
    "record.engine.index_format": "Format of the index",
    "record.engine.index_backend": "Kind of index",
    "record.engine.index_generation": "Generation of the index",
    "record.engine.index_revision": "Revision the index was built from",
    "record.read_as": "What the query cites",
    "record.concepts": "Concepts of the thesaurus",
    "record.not-searched": "What was not searched",
    "record.filtered": {
        "one": "{n} passage held lies outside the filters.",
        "other": "{n} passages held lie outside the filters.",
    },
    "record.kinds": "Left out by the filter on kinds: {list}.",
    "record.refused": {
        "one": "{n} file was refused as not readable well enough, and is not searched.",
        "other": "{n} files were refused as not readable well enough, and are not searched.",
    },
    "record.depth": "Each way of searching brings its best {n} passages; beyond them nothing is "
    "ranked.",
    "record.masked": "Identities of persons in judgments are masked before a text is stored: they "
    "are not held, and were not searched. Nothing else that is held was kept from this search.",
    "record.results": "What was found: {n}",
    "record.score": "Score {score} {id}",
    "record.signature": "Signature",
    "record.signed": "Signed by this installation. Fingerprint of its key: {print}",
    "record.signature.note": "Only the JSON file carries the signature. Whoever has it can check "
    "that no character was changed; compare the fingerprint to know whose key it is.",
    "record.check": "Check a record",
    "record.check.lead": "Give a record that was saved as JSON. Its signature is checked, its "
    "search is run again on the collection as it is now, and what is different is explained. The "
    "file is not kept.",
    "record.check.file": "Record (JSON)",
    "record.check.go": "Check and run again",
    "record.verdict.reproduced": "Reproduced",
    "record.verdict.reproduced.lead": "The record is unchanged, and its search gives the same "
    "results, in the same order, with the same texts.",
    "record.verdict.differs": "Not the same any more",
    "record.verdict.differs.lead": "The record is unchanged, but its search is answered "
    "differently now.",
    "record.verdict.altered": "Altered",
    "record.verdict.altered.lead": "The file is not what was signed. Nothing in it can be relied "
    "on, and its search was not run.",
    "record.key.own": "Signed with the key of this installation:",
    "record.key.other": "The key it names is not this installation’s. Compare its fingerprint "
    "with that of the installation it should come from:",
    "record.replay.changes": "What is different in the results",
    "record.replay.conditions": "What is different in collection and program",
    "record.replay.same-conditions": "Nothing: collection and program are what they were.",
    "record.replay.what": "What",
    "record.replay.then": "Then",
    "record.replay.now": "Now",
    "record.replay.refused": "The search cannot be run any more:",
    "record.replay.total": "{then} were found then, {now} now.",
    "record.replay.gone": "{name} stood at place {then} and is not among the results shown now.",
    "record.replay.new": "{name} stands at place {now} now and was not shown then.",
    "record.replay.moved": "{name} moved from place {then} to {now}.",
    "record.replay.score": "{name} has the score {now}; then it was {then}.",
    "record.replay.text": "{name}: the passages shown are others, or say something else.",
    "record.replay.treatment": "{name}: what happened to it is told differently.",
    "record.bad.too-large": "The file is too large to be a record of a search.",
    "record.bad.not-a-record": "This file is no record of a search, or not a whole one. Give the "
    "JSON file that the page of a record saves.",
    "record.bad.newer": "A newer version of this program made the record. Check it with that one.",
    "record.bad.damaged": "The record is damaged. Take another copy of the file.",
    # errors
    "error.bad-record": "This file is no record of a search, or it is damaged.",
    "error.not-saved": "There is nothing saved here. It may have been deleted in another window.",
    "error.edit-conflict": "This was changed in another window after you opened it. Nothing was "
    "overwritten.",
    "error.limit-reached": "That is more than is kept: the limit is {limit}.",
    "error.work-unavailable": "Your notes cannot be opened now. Their file was left as it is; the "
    "reason stands in the server’s log.",
}
