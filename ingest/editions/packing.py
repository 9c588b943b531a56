"""An edition as one file: a zip of the collection with a signed list of what is in it.

    manifest.json   {"body": {format, version, number, edition, files}, "signature": {...}}
    corpus/…        what `ingest.bundle` reads, and nothing else

Whoever has the file can check that it is what the key's holder packed. It is read as a stranger's:
names, links, lengths, packing, YAML that unfolds itself and arrays that claim more than they hold
are refused before anything of it is used.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from ingest.bundle import MAX_YAML_BYTES, bundle_items, read_item
from ingest.editions.edition import FILE, Edition, read_edition
from ingest.vectors import FILE as VECTORS
from search.backup.folders import writing
from search.backup.zipped import (
    ListedFile,
    ListedZip,
    ZipFiler,
    listed_file,
    new_file,
    open_zip,
    require_room,
)
from search.errors import BadRequest, Unreadable
from search.record.signing import Signature, Signer, is_signed

FORMAT = "tamyeez-edition"
VERSION = 1
MANIFEST = "manifest.json"
MAX_FILES = 20_000
MAX_MANIFEST_BYTES = 8 << 20
MAX_BYTES = 1 << 30  # all files of an edition together, unpacked
MAX_VECTOR_BYTES = 1 << 30  # of one array within vectors.npz
MAX_YAML_DEPTH = 40  # the deepest of ours has 9
_WITHIN = "corpus/"
_PLAIN = (FILE, "register.yaml", VECTORS)  # beside what is listed as items
_ADVICE = "Free some space and run the command again; the collection in use is unchanged."


@dataclass(frozen=True, slots=True)
class Packed:
    """What a packed edition says of itself, and who signed that."""

    number: int
    edition: str  # the digest of what it holds
    files: tuple[ListedFile, ...]
    signature: Signature

    def as_json(self) -> dict[str, Any]:
        """Return what stands in `manifest.json`."""
        return {
            "body": _body(self.number, self.edition, self.files),
            "signature": asdict(self.signature),
        }


def export_edition(corpus: Path, file: Path, signer: Signer) -> tuple[Edition, Packed]:
    """Pack a corpus folder into a new file and sign it. Raises Unreadable, BadRequest, StoreFull.

    The same content signed by the same key gives the same bytes.
    """
    edition = read_edition(corpus)
    if not edition.number:
        raise BadRequest(f"{corpus / FILE} is missing. Write the edition's number, date and notes.")
    for item in bundle_items(corpus):
        read_item(item)  # no edition leaves that could not be read
    with (
        writing(file),
        new_file(file) as target,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        filer = ZipFiler(archive)
        for path in collection_files(corpus):
            filer.add(path, f"{_WITHIN}{path.relative_to(corpus).as_posix()}")
        signature = signer.sign_body(_body(edition.number, edition.digest, filer.files))
        packed = Packed(edition.number, edition.digest, filer.files, signature)
        listing = json.dumps(packed.as_json(), ensure_ascii=False, indent=1)
        archive.writestr(zipfile.ZipInfo(MANIFEST), listing)
    return edition, packed


def collection_files(corpus: Path) -> list[Path]:
    """List the files of a corpus folder that belong to the collection, in order."""
    items = [path for item in bundle_items(corpus) for path in item.files]
    return sorted([*items, *(corpus / name for name in _PLAIN if (corpus / name).is_file())])


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """A packed edition whose list and signature are good; its files are not read yet."""

    packed: Packed
    archive: ListedZip

    def unpack(self, folder: Path) -> Path:
        """Write the collection below a folder, check it and return its corpus folder.

        Raises Unreadable, StoreFull.
        """
        require_room(folder, self.packed.files, _ADVICE)
        for entry in self.packed.files:
            self.archive.extract(entry, folder)
        corpus = folder / _WITHIN
        listed = {folder / entry.path for entry in self.packed.files}
        if listed != set(collection_files(corpus)):
            raise self.archive.damaged("it holds files that are no part of a collection")
        for path in listed:
            if path.suffix == ".yaml":
                _refuse_hostile_yaml(path)
        _refuse_hollow(corpus / VECTORS)
        found = read_edition(corpus)
        if (found.number, found.digest) != (self.packed.number, self.packed.edition):
            raise self.archive.damaged("it is another edition than it says")
        return corpus


@contextmanager
def opened_edition(file: Path) -> Iterator[OpenEdition]:
    """Open a packed edition and check its list and signature; raise Unreadable."""
    try:
        source = file.open("rb")
    except OSError as exc:
        raise Unreadable(f"{file} cannot be read: {exc.strerror}. Name a file.", "missing") from exc
    with source:
        archive = open_zip(source)
        if archive is None:
            raise _no_edition()
        with archive:
            listed = ListedZip(archive, "edition")
            packed = _read_manifest(listed)
            listed.require_only(packed.files, MANIFEST)
            yield OpenEdition(packed, listed)


def read_packed(data: bytes) -> Packed:
    """Read `manifest.json` and check its signature.

    Raises Unreadable, reason "not-an-edition", "newer" or "damaged".
    """
    try:
        whole = json.loads(data)
        body = whole["body"]
        known = body["format"] == FORMAT
    except (ValueError, TypeError, KeyError, RecursionError) as exc:
        raise _no_edition() from exc
    if not known:
        raise _no_edition()
    if type(body.get("version")) is not int or body["version"] > VERSION:
        raise Unreadable(
            f"The edition has format {body.get('version')!r}; this version of Tamyeez reads up to "
            f"{VERSION}. Install the newer release first.",
            "newer",
        )
    try:
        return _packed(body, whole["signature"])
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise _changed() from exc


def _read_manifest(archive: ListedZip) -> Packed:
    listed = archive.read_list(MANIFEST, MAX_MANIFEST_BYTES)
    if listed is None:
        raise _no_edition()
    return read_packed(listed)


def _packed(body: Mapping[str, Any], signed: Mapping[str, Any]) -> Packed:
    signature = Signature(signed["algorithm"], signed["key"], signed["value"])
    if not is_signed(body, signature):
        raise _changed()
    files = tuple(listed_file(raw) for raw in body["files"])
    number, edition = body["number"], body["edition"]
    if type(number) is not int or not isinstance(edition, str):
        raise TypeError("no number or no edition")
    within = all(file.path.startswith(_WITHIN) for file in files)
    if not within or len({file.path for file in files}) != len(files) or len(files) > MAX_FILES:
        raise ValueError("not the files of a collection")
    if sum(file.size for file in files) > MAX_BYTES:
        raise Unreadable(
            f"The edition is larger than {MAX_BYTES >> 20:,} MB when unpacked and was refused.",
            "too-large",
        )
    return Packed(number, edition, files, signature)


def _body(number: int, edition: str, files: tuple[ListedFile, ...]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "number": number,
        "edition": edition,
        "files": [asdict(file) for file in files],
    }


def _refuse_hostile_yaml(path: Path) -> None:
    """Refuse YAML whose few bytes would become gigabytes, or outgrow the reader's stack."""
    data = path.read_bytes()
    depth = 0
    hostile = len(data) > MAX_YAML_BYTES
    try:
        for event in () if hostile else yaml.parse(data, Loader=yaml.CSafeLoader):
            if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                depth += 1
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                depth -= 1
            if depth > MAX_YAML_DEPTH or isinstance(event, yaml.AliasEvent):
                hostile = True
                break
    except yaml.YAMLError:
        return  # said with its line where it is read
    if hostile:
        raise Unreadable(
            f"{path.parent.name}/{path.name} of the edition is too large, too deep or repeats "
            "itself by anchors, which no collection of ours does. Nothing was changed.",
            "bundle",
        )


def _refuse_hollow(path: Path) -> None:
    """Refuse arrays that claim more than the file holds: reading them would claim the memory."""
    if not path.is_file():
        return
    try:
        with zipfile.ZipFile(path) as arrays:
            for info in arrays.infolist():
                _check_array(arrays, info)
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as exc:
        raise Unreadable(
            f"{VECTORS} of the edition is damaged. Get another copy; nothing was changed.",
            "damaged",
        ) from exc


def _check_array(arrays: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with arrays.open(info) as member:
        version = np.lib.format.read_magic(member)
        read = (
            np.lib.format.read_array_header_1_0
            if version == (1, 0)
            else np.lib.format.read_array_header_2_0
        )
        shape, _, kind = read(member)
        claimed = int(np.prod(shape, dtype=object)) * kind.itemsize
        if kind.hasobject or claimed > info.file_size or claimed > MAX_VECTOR_BYTES:
            raise ValueError("an array of another length")


def _no_edition() -> Unreadable:
    return Unreadable(
        "This file is no edition of the collection, or not a whole one. Give a file that "
        "`tamyeez collection export` has made.",
        "not-an-edition",
    )


def _changed() -> Unreadable:
    return Unreadable(
        "The edition is damaged: its list of files is not what was signed. Nothing was taken from "
        "it; get another copy.",
        "damaged",
    )
