"""The wording of the librarian's page: English."""

from __future__ import annotations

from collections.abc import Mapping

MESSAGES: Mapping[str, str | Mapping[str, str]] = {
    "nav.library": "Library",
    "library.title": "The library",
    "library.lead": (
        "What is held, how to add to it, and what was refused and why. The files stay on this "
        "server."
    ),
    # what is held
    "library.held": "What is held",
    "library.held.none": "Nothing is held yet. Add files below, or run: tamyeez ingest",
    "library.edition": "Bundled edition",
    "library.edition.of": "No. {number}, {date}",
    "library.generation": "Generation of the index",
    "library.revision": "Revision of the catalogue",
    "library.behind": "The index is behind the catalogue. Build it anew.",
    "library.agree": "Index and catalogue agree.",
    "library.reindex": "Build the index anew",
    "library.reindex.hint": "Searching goes on meanwhile, with the index as it is now.",
    "library.review": "Scanned pages that wait for review",
    # adding
    "library.add": "Add files",
    "library.drop": "Choose files, or drop them or a folder of them here",
    "library.limits": (
        "Up to {file} MB a file, {form} MB and 200 files at once. Files are read that end in:"
    ),
    "library.say": "What these files are (only where you know it)",
    "library.say.hint": (
        "What is left open is recognised from the text, and marked as not yet confirmed."
    ),
    "library.kind": "Kind",
    "library.work": "Id of the work, for one file only",
    "library.work.hint": "Such as kw-law-2013-91.",
    "library.language": "Language",
    "library.authority": "What the text is",
    "library.access": "Who may see it",
    "library.access.open": "Every reader",
    "library.access.restricted": "Only who may see what is restricted",
    "library.unsaid": "Let it be recognised",
    "library.replace": (
        "A file whose name was added before is a new version of it: what changed is kept"
    ),
    "library.add.go": "Add and read",
    "library.sending": "Sending …",
    "library.file-too-large": "Larger than {most} MB: {name}. Choose other files.",
    "library.form-too-large": "More than {most} MB together. Send fewer files at once.",
    # what became of a form
    "library.taken": {"one": "{n} file was taken.", "other": "{n} files were taken."},
    "library.not-taken": "Not taken:",
    "library.problem.nothing": "No file was sent. Choose at least one.",
    "library.problem.one-work": (
        "An id names one work: send one file with it, or leave the id out. Nothing was taken."
    ),
    "library.fault.name": "its name cannot be used. Give it another.",
    "library.fault.long": "its name is too long. Shorten it to 100 letters.",
    "library.fault.kind": "files of this ending are not read. Save it as PDF, DOCX or text.",
    "library.fault.empty": "it is empty. Save or fetch it again.",
    "library.fault.size": "it is larger than 50 MB. Split it, or add it by command.",
    "library.fault.twice": "another file of this form has the same name. Rename one.",
    "library.fault.held": (
        "a file of this name was added before. Rename it, or tick that it is a new version."
    ),
    "library.fault.same": "this very file was added before.",
    "library.no-name": "(without a name)",
    "library.busy": "A job is running. Wait until it has ended, then try again.",
    # the job
    "library.job": "In the background",
    "library.job.none": "Nothing is being done.",
    "library.act.ingest": "Reading files",
    "library.act.withdraw": "Withdrawing a file",
    "library.act.reindex": "Building the index",
    "library.step": "Beginning",
    "library.step.read": "Reading texts",
    "library.step.embed": "Computing meanings",
    "library.step.index": "Building the index",
    "library.step.wait": "Waiting for another program",
    "library.of": "{done} of {total}",
    "library.stage.running": "running",
    "library.stage.done": "done",
    "library.stage.failed": "failed",
    "library.stage.stopped": (
        "stopped before its end; what was read stays, the rest goes on when the server starts"
    ),
    "library.by": "by {name}",
    "library.end.added": "added",
    "library.end.unchanged": "held already, unchanged",
    "library.end.updated": "new version",
    "library.end.quarantined": "refused",
    "library.end.withdrawn": "withdrawn",
    "library.unconfirmed": "recognised by the program: look whether it is right",
    "library.waiting": {"one": "{n} file waits to be read.", "other": "{n} files wait to be read."},
    "library.read": "Read them now",
    "library.refresh": "Show how far it is",
    # refused
    "library.refused": "Refused files",
    "library.refused.lead": (
        "Nothing of these is searched. Do what is advised, then add the file again, or remove it."
    ),
    "library.refused.none": "No file is refused.",
    "library.refused.again": "Try all of them again",
    "library.refused.why": "Why, and what to do",
    "library.refused.review": "Review its pages",
    "library.remove": "Remove",
    # files held
    "library.files": "Files that were added",
    "library.files.none": "None yet: what is held is the bundled collection.",
    "library.files.name": "File",
    "library.files.work": "Gives",
    "library.files.authority": "It is",
    "library.files.added": "Read on",
    "library.files.acts": "Take out",
    "library.files.restricted": "restricted",
    "library.files.more": {
        "one": "{n} older file is not shown; tamyeez withdraw takes it out by its name.",
        "other": "{n} older files are not shown; tamyeez withdraw takes them out by their names.",
    },
    "library.withdraw": "Withdraw",
    "library.withdraw.hint": "Its texts, their history and the file itself are deleted for good.",
    "library.withdraw.go": "Withdraw for good",
    # notes
    "library.notes": "Notes on what this library holds",
    "library.notes.hint": "For the next librarian: what was added, what is missing, what to check.",
    "library.notes.go": "Keep the notes",
    # errors
    "error.upload-too-large": (
        "That is more than 200 MB at once. Send fewer files, or add the folder with the command "
        "tamyeez ingest."
    ),
}
