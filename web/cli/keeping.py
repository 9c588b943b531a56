"""The commands that keep a machine going: serve, reindex."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from search.settings import Settings
from web.cli.common import DONE, Commands


def add_commands(commands: Commands) -> None:
    """Add the parsers of this group."""
    _add_serve(commands)
    _add_reindex(commands)


def _add_serve(commands: Commands) -> None:
    command = commands.add_parser("serve", help="serve the web app and the JSON API")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8000)
    command.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes that answer (default: 1)"
    )
    command.set_defaults(run=_serve)


def _add_reindex(commands: Commands) -> None:
    command = commands.add_parser("reindex", help="rebuild the index from the catalogue")
    command.set_defaults(run=_reindex)


def _serve(args: argparse.Namespace, settings: Settings) -> int:
    from web.cli.librarian import open_librarian
    from web.cli.reviewing import open_desk
    from web.cli.teaching import find_names
    from web.serving import Site, serve

    shared = args.workers > 1
    site = Site(settings, args.host, open_desk, find_names, open_librarian, shared)
    with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
        serve(site, args.port, args.workers)
    return DONE


def _reindex(_args: argparse.Namespace, settings: Settings) -> int:
    from search.catalogue import open_catalogue
    from search.embed import load_embedder
    from search.index import index_store
    from search.indexing import build_index
    from web.progress import progress_bar

    with progress_bar(sys.stderr) as progress:
        manifest = build_index(
            open_catalogue(settings.database_url),
            index_store(settings),
            load_embedder(settings.embedder),
            progress,
        )
    print(f"Index rebuilt: generation {manifest.generation}, {manifest.points:,} passages.")
    return DONE
