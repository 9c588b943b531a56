"""The command that measures: eval run, eval score."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from search.settings import Settings
from web.cli.common import DONE, Commands, print_json

if TYPE_CHECKING:
    from eval.runs import Searcher


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    evaluation = commands.add_parser("eval", help="measure the search with TREC runs")
    actions = evaluation.add_subparsers(required=True, metavar="ACTION")
    run = actions.add_parser("run", help="answer queries, write a TREC run")
    run.add_argument("--queries", type=Path, required=True, metavar="FILE.jsonl")
    run.add_argument("--run", type=Path, required=True, metavar="OUT.run", dest="out")
    run.add_argument("--depth", type=int, default=100)
    run.set_defaults(run=_eval_run)
    score = actions.add_parser("score", help="score a run against judgments")
    score.add_argument("--qrels", type=Path, required=True)
    score.add_argument("--run", type=Path, required=True, dest="run_file")
    score.add_argument("--json", action="store_true")
    score.set_defaults(run=_eval_score)


def _eval_run(args: argparse.Namespace, settings: Settings) -> int:
    from eval.runs import make_run, write_run
    from eval.topics import read_topics
    from web.progress import progress_bar

    topics = read_topics(args.queries)
    with progress_bar(sys.stderr) as progress, _searcher(settings) as search:
        run = make_run(topics, search, args.depth, lambda done: progress("ask", done, len(topics)))
    write_run(args.out, run, "tamyeez")
    print(f"{len(run)} queries answered, written to {args.out.name}")
    return DONE


def _eval_score(args: argparse.Namespace, _settings: Settings) -> int:
    from eval.measures import score
    from eval.qrels import read_qrels
    from eval.runs import read_run
    from web.printing import print_scores

    scores = score(read_qrels(args.qrels), read_run(args.run_file))
    values = {s.measure: {"mean": s.mean, "low": s.low, "high": s.high} for s in scores}
    if args.json:
        print_json(values)
    else:
        print_scores(values, topics=len(scores[0].per_topic))
    return DONE


@contextmanager
def _searcher(settings: Settings) -> Iterator[Searcher]:
    """Lend a function that answers (query, depth) with (id, score) pairs."""
    from search.model import Query
    from search.opening import open_service
    from web.remote import ask, find_server

    server = None if settings.qdrant_url else find_server(settings.home)
    if server is not None:
        url = server

        def remote(query: str, depth: int) -> list[tuple[str, float]]:
            answer = ask(url, "/api/search", {"q": query, "limit": depth})
            return [(hit["id"], hit["score"]) for hit in answer["results"]]

        yield remote
        return
    with closing(open_service(settings)) as service:

        def here(query: str, depth: int) -> list[tuple[str, float]]:
            return [(hit.id, hit.score) for hit in service.search(Query(query, limit=depth)).hits]

        yield here
