"""Measure how well offences are told apart; `make eval-distinction`.

Reported: accuracy and macro-F1 over the ten readings, trafficking's precision and recall, minimal
pairs with both members right, agreement of the two languages on a case, their gap in accuracy,
micro-F1 of the evidence for means, purpose and residency, calibration, latency, and the failures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import yaml

from eval.distinction.cases import Case, read_cases
from search.distinction.features import wording
from search.distinction.findings import Findings, gather
from search.distinction.results import EXPLOITATION, INSUFFICIENT, PRIMARY, TRAFFICKING
from search.distinction.signals import ClauseScores, Polarity, SignalModel
from search.distinction.weighed import EVIDENCE_FROM
from search.distinction.weighing import Weigher
from search.model import Language
from search.opening import open_service
from search.settings import load_settings

if TYPE_CHECKING:
    from eval.distinction.train import Read

SETS = Path(__file__).resolve().parents[1] / "sets" / "distinction"
EVIDENCE_FAMILIES = ("means", "purpose", "residence")
_BINS = 10

Spans = Mapping[str, Sequence[tuple[int, int]]]  # family → half-open spans


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one case."""

    case: Case
    primary: str
    share: float  # of the reading named
    spans: Spans
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """All measures; a share unless its name says otherwise."""

    cases: int
    accuracy: float
    macro_f1: float
    trafficking_precision: float
    trafficking_recall: float
    exploitation_precision: float  # trafficking, by whichever means
    exploitation_recall: float
    pairs: float
    twins: float
    arabic: float
    english: float
    evidence_f1: Mapping[str, float]
    calibration_error: float
    insufficient_as_trafficking: int
    took_ms_p50: float
    took_ms_p95: float
    by_label: Mapping[str, Mapping[str, float]]
    confusions: Mapping[str, int]
    failures: tuple[str, ...]


def families(corpus: Path) -> dict[str, str]:
    """Return signal id → family."""
    data = yaml.load((corpus / "offences" / "signals.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return {entry["id"]: entry["family"] for entry in data["signals"]}


def measure(answers: Sequence[Answer], family_of: Mapping[str, str]) -> Report:
    """Compare answers with the cases' labels and marks."""
    wanted = [answer.case.label for answer in answers]
    given = [answer.primary for answer in answers]
    right = [w == g for w, g in zip(wanted, given, strict=True)]
    times = [answer.took_ms for answer in answers]
    precision, recall, _ = _prf(wanted, given, {TRAFFICKING})
    wide_precision, wide_recall, _ = _prf(wanted, given, EXPLOITATION)
    by_label = {name: _label_row(wanted, given, name) for name in PRIMARY if name in wanted}
    return Report(
        cases=len(answers),
        accuracy=_share(right),
        macro_f1=float(np.mean([row["f1"] for row in by_label.values()])),
        trafficking_precision=precision,
        trafficking_recall=recall,
        exploitation_precision=wide_precision,
        exploitation_recall=wide_recall,
        pairs=_pairs(answers),
        twins=_twins(answers),
        arabic=_share([r for r, a in zip(right, answers, strict=True) if _is_arabic(a)]),
        english=_share([r for r, a in zip(right, answers, strict=True) if not _is_arabic(a)]),
        evidence_f1=_evidence(answers, family_of),
        calibration_error=_calibration([a.share for a in answers], right),
        insufficient_as_trafficking=sum(
            w == INSUFFICIENT and g in EXPLOITATION for w, g in zip(wanted, given, strict=True)
        ),
        took_ms_p50=float(np.percentile(times, 50)),
        took_ms_p95=float(np.percentile(times, 95)),
        by_label=by_label,
        confusions=dict(
            Counter(f"{w} → {g}" for w, g in zip(wanted, given, strict=True) if w != g).most_common(
                15
            )
        ),
        failures=tuple(
            f"{a.case.id} {a.case.language}: {a.case.label}, said {a.primary} ({a.share:.2f})"
            for a in answers
            if a.case.label != a.primary
        ),
    )


def spans_of(findings: Findings, family_of: Mapping[str, str]) -> dict[str, list[tuple[int, int]]]:
    """Return the stated evidence of each measured family, each clause once."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for (signal, polarity), evidence in findings.evidence.items():
        if polarity is Polarity.STATED and family_of[signal] in EVIDENCE_FAMILIES:
            found[family_of[signal]] |= {(each.start, each.end) for each in evidence}
    return {family: sorted(spans) for family, spans in found.items()}


def measured_by_writers(
    model: SignalModel,
    cases: Sequence[Case],
    texts: Sequence[Read],
    scores: Sequence[ClauseScores],
    found: npt.NDArray[np.float64],
) -> Report:
    """Measure cases the model has not seen; each writer's are weighed by what the others taught."""
    from eval.distinction.train import fit_weigher  # noqa: PLC0415 - a circle

    family_of = families(load_settings().corpus)
    answers: list[Answer] = []
    writers = np.array([case.id.split("-")[1] for case in cases])
    for writer in sorted(set(writers)):
        others = [place for place, each in enumerate(writers) if each != writer]
        known, read = [cases[place] for place in others], [texts[place] for place in others]
        weigher = Weigher.of(fit_weigher(model, found[others], known, read, known))
        for place in (int(each) for each in np.flatnonzero(writers == writer)):
            row = found[place][None].astype(np.float32)
            shares = weigher.shares(row, wording(texts[place].features))[0]
            findings = gather(texts[place].facts, scores[place], model.signals, EVIDENCE_FROM)
            primary = weigher.primary(shares)
            share = float(shares[PRIMARY.index(primary)])
            answers.append(Answer(cases[place], primary, share, spans_of(findings, family_of)))
    return measure(answers, family_of)


def print_report(report: Report, failures: int = 0) -> None:
    """Print the measures, the table by label, the confusions and some failures."""
    plain = ("accuracy", "macro_f1", "trafficking_precision", "trafficking_recall")
    more = ("exploitation_precision", "exploitation_recall", "pairs", "twins", "arabic", "english")
    print(f"{report.cases} texts")
    for name in (*plain, *more, "calibration_error"):
        print(f"  {name.replace('_', ' '):<26}{getattr(report, name):.3f}")
    print(f"  {'insufficient as trafficking':<26} {report.insufficient_as_trafficking}")
    for family, value in report.evidence_f1.items():
        print(f"  {f'evidence F1, {family}':<26}{value:.3f}")
    if report.took_ms_p50:
        print(f"  {'took, p50 / p95 ms':<26}{report.took_ms_p50:.0f} / {report.took_ms_p95:.0f}")
    for name, row in report.by_label.items():
        print(
            f"  {name:<44}{row['cases']:>5.0f}  P {row['precision']:.2f}  R {row['recall']:.2f}"
            f"  F1 {row['f1']:.2f}"
        )
    for confusion, count in report.confusions.items():
        print(f"  {count:>4}  {confusion}")
    for failure in report.failures[:failures]:
        print(f"  {failure}")


def _label_row(wanted: Sequence[str], given: Sequence[str], name: str) -> dict[str, float]:
    precision, recall, f1 = _prf(wanted, given, {name})
    return {
        "cases": float(wanted.count(name)),
        "precision": precision,
        "recall": recall,
        "f1": f1,
    }


def _prf(
    wanted: Sequence[str], given: Sequence[str], names: Set[str]
) -> tuple[float, float, float]:
    hits = sum(w in names and g in names for w, g in zip(wanted, given, strict=True))
    precision = hits / max(1, sum(g in names for g in given))
    recall = hits / max(1, sum(w in names for w in wanted))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _pairs(answers: Sequence[Answer]) -> float:
    of_pair: dict[tuple[str, Language], list[bool]] = defaultdict(list)
    for answer in answers:
        if answer.case.pair:
            key = (answer.case.pair, answer.case.language)
            of_pair[key].append(answer.primary == answer.case.label)
    return _share([all(both) for both in of_pair.values() if len(both) > 1])


def _twins(answers: Sequence[Answer]) -> float:
    said: dict[str, list[str]] = defaultdict(list)
    for answer in answers:
        said[answer.case.id].append(answer.primary)
    return _share([len(set(both)) == 1 for both in said.values() if len(both) > 1])


def _evidence(answers: Sequence[Answer], family_of: Mapping[str, str]) -> dict[str, float]:
    """Return micro-F1: a span counts when it shares a character with one on the other side."""
    scores = {}
    total = np.zeros(4)
    for family in EVIDENCE_FAMILIES:
        counts = np.zeros(4)  # given, right among them, wanted, found among them
        for answer in answers:
            wanted = {
                (m.start, m.end)
                for m in answer.case.marks
                if m.polarity is Polarity.STATED and family_of[m.signal] == family
            }
            given = answer.spans.get(family, ())
            counts += (
                len(given),
                sum(_touches(span, wanted) for span in given),
                len(wanted),
                sum(_touches(span, given) for span in wanted),
            )
        scores[family] = _f1(counts)
        total += counts
    return {"all": _f1(total), **scores}


def _touches(span: tuple[int, int], others: Any) -> bool:
    return any(min(span[1], end) > max(span[0], start) for start, end in others)


def _f1(counts: npt.NDArray[np.float64]) -> float:
    precision, recall = counts[1] / max(1, counts[0]), counts[3] / max(1, counts[2])
    return float(2 * precision * recall / max(1e-9, precision + recall))


def _calibration(shares: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error over ten bins."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for share, is_right in zip(shares, right, strict=True):
        bins[min(int(share * _BINS), _BINS - 1)].append((share, is_right))
    gaps = [
        len(held) * abs(np.mean([s for s, _ in held]) - np.mean([r for _, r in held]))
        for held in bins.values()
    ]
    return float(sum(gaps) / max(1, len(right)))


def _share(claims: Sequence[bool]) -> float:
    return sum(claims) / max(1, len(claims))


def _is_arabic(answer: Answer) -> bool:
    return answer.case.language is Language.AR


def main() -> None:
    """Ask the service about every case of a set; print the measures or write them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=SETS / "test", dest="folder")
    parser.add_argument("--json", type=Path, help="write all measures to this file")
    parser.add_argument("--failures", type=int, default=40, help="failures printed")
    args = parser.parse_args()
    settings = load_settings()
    family_of = families(settings.corpus)
    cases = read_cases(args.folder, family_of)
    service = open_service(settings)
    service.distinguish(cases[0].text)
    answers = []
    for case in cases:
        said = service.distinguish(case.text)
        spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for finding in said.findings:
            if (
                finding.polarity is Polarity.STATED
                and family_of[finding.signal] in EVIDENCE_FAMILIES
            ):
                spans[family_of[finding.signal]].add((finding.start, finding.end))
        listed = {family: sorted(found) for family, found in spans.items()}
        share = said.shares[said.primary]
        answers.append(Answer(case, said.primary, share, listed, said.took_ms))
    report = measure(answers, family_of)
    print_report(report, args.failures)
    if args.json:
        fields = {name: getattr(report, name) for name in Report.__slots__}
        args.json.write_text(json.dumps(fields, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
