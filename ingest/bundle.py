"""Read the bundled collection: our YAML under `corpus/` becomes Contributions.

One *bundle item* is one instrument folder, one matter, or the thesaurus: the unit that is hashed,
replaced and withdrawn as a whole. Its label ("instruments/kw-law-2013-91") takes a path's place
in the catalogue, so that the collection may lie anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from ingest.bundle_phrasings import is_phrasings, with_phrasings
from ingest.bundle_records import concept_of, instrument_contribution, matter_contribution
from ingest.bundle_schema import (
    ConceptsFile,
    InstrumentFile,
    MatterFile,
    PhrasingsFile,
    ProvisionsFile,
    RegisterFile,
)
from ingest.coverage_schema import CoverageFile, duties_of
from ingest.offences_records import offence_of, signal_of
from ingest.offences_schema import OffenceFile, SignalsFile
from search.errors import Unreadable
from search.model import Contribution
from search.offences import Signal

MAX_YAML_BYTES = 8_000_000

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class BundleItem:
    """One instrument folder, one matter or the thesaurus, with the hash of its files."""

    label: str
    files: tuple[Path, ...]
    sha256: str
    size: int


def bundle_items(corpus: Path) -> list[BundleItem]:
    """List what a corpus folder holds, in a fixed order; raise Unreadable where there is none."""
    if not (corpus / "instruments").is_dir():
        raise Unreadable(
            f"There is no bundled collection in {corpus.name}/. Set TAMYEEZ_CORPUS to the folder "
            "that holds instruments/ and matters/.",
            reason="missing",
        )
    items = []
    for folder in sorted((corpus / "instruments").iterdir()):
        if (folder / "instrument.yaml").is_file():
            rest = sorted(p for p in folder.glob("*.yaml") if p.name != "instrument.yaml")
            label = f"instruments/{folder.name}"
            items.append(_item(label, [folder / "instrument.yaml", *rest]))
    for path in sorted((corpus / "matters").glob("*.yaml")):
        items.append(_item(f"matters/{path.stem}", [path]))
    if (corpus / "offences").is_dir():
        items.append(_item("offences", sorted((corpus / "offences").glob("*.yaml"))))
    if (corpus / "coverage").is_dir():
        items.append(_item("coverage", sorted((corpus / "coverage").glob("*.yaml"))))
    if (corpus / "concepts.yaml").is_file():
        more = sorted((corpus / "concepts").glob("*.yaml"))
        items.append(_item("concepts", [corpus / "concepts.yaml", *more]))
    return items


def edition_of(items: Sequence[BundleItem]) -> str:
    """Return a short name of what a collection holds: the same content, the same edition."""
    digest = hashlib.sha256("".join(f"{item.label}\0{item.sha256}\n" for item in items).encode())
    return digest.hexdigest()[:12]


def load_register(corpus: Path) -> RegisterFile:
    """Read the names of laws we know, held or not."""
    path = corpus / "register.yaml"
    return parse_yaml(path, RegisterFile) if path.is_file() else RegisterFile(instruments=())


def read_item(item: BundleItem) -> Contribution:
    """Parse one bundle item; raise Unreadable naming file, field and fault."""
    folder, _, name = item.label.partition("/")
    if folder == "instruments":
        return _instrument(item, name)
    if folder == "matters":
        return _matter(item, name)
    if folder == "offences":
        return _offences(item)
    if folder == "coverage":
        return _coverage(item)
    entries = [e for path in item.files for e in parse_yaml(path, ConceptsFile).concepts]
    return Contribution(concepts=tuple(concept_of(entry) for entry in entries))


def _item(label: str, files: Sequence[Path]) -> BundleItem:
    digest = hashlib.sha256()
    size = 0
    for path in files:
        data = path.read_bytes()
        size += len(data)
        digest.update(f"{path.name}\0{len(data)}\0".encode() + data)
    return BundleItem(label, tuple(files), digest.hexdigest(), size)


def parse_yaml(path: Path, model: type[M]) -> M:
    """Read a YAML file of the collection; raise Unreadable naming file, field and fault."""
    data = path.read_bytes()
    if len(data) > MAX_YAML_BYTES:
        raise Unreadable(
            f"{path.name} is larger than {MAX_YAML_BYTES // 1_000_000} MB. Split it into several "
            "files of the same folder.",
            reason="too-large",
        )
    try:
        return model.model_validate(yaml.load(data, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as exc:
        where = getattr(exc, "problem_mark", None)
        line = f", line {where.line + 1}" if where else ""
        raise Unreadable(
            f"{path.parent.name}/{path.name}{line} is no valid YAML. Mend it and run it again.",
            reason="bundle",
        ) from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the file"
        raise Unreadable(
            f"{path.parent.name}/{path.name}: {field}: {first['msg']}. "
            "corpus/README.md shows the format.",
            reason="bundle",
        ) from exc


def _instrument(item: BundleItem, name: str) -> Contribution:
    file = parse_yaml(item.files[0], InstrumentFile)
    if file.id != name:
        raise Unreadable(
            f"The folder {name} holds the instrument {file.id}. Give both the same name.",
            reason="bundle",
        )
    entries = list(file.provisions)
    for path in item.files[1:]:
        if not is_phrasings(path):
            entries += parse_yaml(path, ProvisionsFile).provisions
    phrasings = [(p.name, parse_yaml(p, PhrasingsFile)) for p in item.files[1:] if is_phrasings(p)]
    return instrument_contribution(file, with_phrasings(entries, phrasings))


def _offences(item: BundleItem) -> Contribution:
    """Read the definitions; a definition's file carries its id."""
    signals: tuple[Signal, ...] = ()
    offences = []
    for path in item.files:
        if path.name == "signals.yaml":
            entries = parse_yaml(path, SignalsFile).signals
            signals = tuple(signal_of(entry, place) for place, entry in enumerate(entries))
            continue
        file = parse_yaml(path, OffenceFile)
        if file.id != path.stem:
            raise Unreadable(
                f"{path.name} holds the offence {file.id}. Give both the same name.",
                reason="bundle",
            )
        offences.append(offence_of(file))
    return Contribution(offences=tuple(offences), signals=signals)


def _coverage(item: BundleItem) -> Contribution:
    """Read the duties of treaties; a file is named after its treaty."""
    files = [(path, parse_yaml(path, CoverageFile)) for path in item.files]
    for path, file in files:
        if file.treaty != path.stem:
            raise Unreadable(
                f"{path.name} holds the duties of {file.treaty}. Give both the same name.",
                reason="bundle",
            )
    return Contribution(duties=tuple(duty for _, file in files for duty in duties_of(file)))


def _matter(item: BundleItem, name: str) -> Contribution:
    file = parse_yaml(item.files[0], MatterFile)
    if file.id != name:
        raise Unreadable(
            f"{name}.yaml holds the matter {file.id}. Give both the same name.", reason="bundle"
        )
    return matter_contribution(file)
