"""The stamp of a catalogue tells any two of its states apart, and none while one may change."""

import datetime as dt
from types import SimpleNamespace

import pytest

from search.catalogue import reading


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the catalogue be read five seconds from now."""

    class Later(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return dt.datetime.now(tz) + dt.timedelta(seconds=5)

    shifted = SimpleNamespace(datetime=Later, UTC=dt.UTC, timedelta=dt.timedelta)
    monkeypatch.setattr(reading, "dt", shifted)


@pytest.fixture
def add(catalogue, samples):
    def write(file, contribution):
        return catalogue.replace_file(file, contribution, samples.passages(contribution))

    return write


def test_an_empty_catalogue_has_a_stamp(catalogue):
    assert catalogue.stamp() == catalogue.stamp() is not None


def test_there_is_none_just_after_a_change(catalogue, samples, add):
    add(samples.bundled(), samples.law())
    assert catalogue.stamp() is None


@pytest.mark.usefixtures("later")
def test_every_change_gives_another(catalogue, samples, add):
    seen = [catalogue.stamp()]
    add(samples.bundled(), samples.law())
    seen.append(catalogue.stamp())
    add(samples.bundled(), samples.law(text="Whoever moors at night is fined."))
    seen.append(catalogue.stamp())
    add(samples.file("other.yaml"), samples.concepts("mooring"))  # no passage of its own
    seen.append(catalogue.stamp())
    catalogue.withdraw(catalogue.find_file("other.yaml").id)
    seen.append(catalogue.stamp())
    assert None not in seen
    # What is gone again leaves the catalogue as it was before it came: the same stamp may return.
    assert len(set(seen[:4])) == 4
    assert seen[4] != seen[3]


@pytest.mark.usefixtures("later")
def test_reading_changes_nothing(catalogue, samples, add):
    add(samples.bundled(), samples.law())
    before = catalogue.stamp()
    catalogue.provisions_of(samples.LAW)
    catalogue.counts()
    assert catalogue.stamp() == before
