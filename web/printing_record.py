"""Say on a terminal what running a recorded search again has shown."""

from __future__ import annotations

from search.model import Language
from search.record import Replay, Verdict
from web import i18n
from web.papers.record import replay_lines


def print_replay(replay: Replay) -> None:
    """Print the verdict, what is different in the results, and in what they come from."""
    for line in lines_of(replay):
        print(line)


def lines_of(replay: Replay) -> list[str]:
    """Return what `print_replay` prints."""
    words = Language.EN
    verdict = replay.verdict
    lead = i18n.message(words, f"record.verdict.{verdict}.lead")
    lines = [f"{i18n.message(words, f'record.verdict.{verdict}')}. {lead}"]
    owner = i18n.message(words, "record.key.own" if replay.own_key else "record.key.other")
    lines.append(f"{owner} {replay.key}")
    if verdict is Verdict.ALTERED:
        return lines
    lines.append(f"Query: {replay.recorded.query.text}")
    lines.append(f"Recorded: {replay.recorded.recorded_at}")
    lines += [f"  {line}" for line in replay_lines(replay, words)]
    if replay.refused:
        lines.append(f"  {replay.refused}")
    if replay.conditions:
        lines.append(f"{i18n.message(words, 'record.replay.conditions')}:")
    for difference in replay.conditions:
        name = i18n.message(words, f"record.{difference.what}")
        lines.append(f"  {name}: {difference.then or '-'} -> {difference.now or '-'}")
    if replay.now and not replay.conditions:
        lines.append(i18n.message(words, "record.replay.same-conditions"))
    return lines
