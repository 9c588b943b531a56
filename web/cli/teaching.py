"""The command for trainers: case-study. It also finds persons' names for the server."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from search.model import Language
from search.settings import Settings
from web.cli.common import DONE, Commands, usage

if TYPE_CHECKING:
    from search.casebook import Draft, NameFinder

_EDITIONS = ("participant", "instructor")
_FORMS = ("docx", "pdf", "json")
_TONGUES = ("ar", "en", "both")


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    command = commands.add_parser(
        "case-study",
        help="build a case study of matters, for participants or for the instructor",
        description="Build a case study of the matters named, or of a working file (the JSON of "
        "an instructor edition). Only the instructor edition has answers and outcomes.",
    )
    command.add_argument("ids", nargs="*", metavar="ID", help="matters held, such as of training")
    command.add_argument("--draft", type=Path, metavar="FILE", help="a working file, without IDs")
    command.add_argument("--edition", choices=_EDITIONS, default="participant")
    command.add_argument("--format", choices=_FORMS, default="docx")
    command.add_argument(
        "--language", choices=_TONGUES, default="both", help="of a study proposed; both: facing"
    )
    command.add_argument("--out", type=Path, required=True, metavar="FILE")
    command.set_defaults(run=_case_study)


def find_names() -> NameFinder:
    """Return what finds names and private details in a text: the reading of judgments' own."""
    from ingest.deidentify import Masker

    def find(text: str, language: Language) -> tuple[str, ...]:
        return Masker(text, language).found(text)

    return find


def _case_study(args: argparse.Namespace, settings: Settings) -> int:
    from importlib.metadata import version

    from search.casebook import Tongue, assemble, propose, refuse_names
    from search.opening import open_service
    from web.case_study_files import Form, write_edition
    from web.papers.case_study import Edition

    if bool(args.ids) == bool(args.draft):
        return usage("case-study takes the ids of matters, or --draft FILE.")
    given = _read_draft(args.draft) if args.draft else None
    with closing(open_service(settings)) as service:
        material = service.case_material(given.matters if given else args.ids)
        draft = given or propose(material, Tongue(args.language))
        refuse_names(material, draft, find_names())
        study = assemble(material, draft)
    first = Language.EN if draft.tongue is Tongue.EN else Language.AR
    edition, form = Edition(args.edition), Form(args.format)
    _write(args.out, write_edition(study, draft, edition, form, first, version("tamyeez")))
    print(f"Written: {args.out}", file=sys.stderr)
    return DONE


def _read_draft(path: Path) -> Draft:
    from search.errors import Unreadable
    from web.case_study_form import read_working_file
    from web.security import MAX_BODY_BYTES

    try:
        with path.open("rb") as file:
            return read_working_file(file.read(MAX_BODY_BYTES))
    except OSError as exc:
        raise Unreadable(f"{path} cannot be read. Name a working file.", "missing") from exc


def _write(path: Path, made: bytes) -> None:
    from search.errors import BadRequest

    try:
        path.write_bytes(made)
    except OSError as exc:
        raise BadRequest(f"{path} cannot be written: {exc.strerror}. Name another --out.") from exc
