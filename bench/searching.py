"""What a search costs by what is asked: `python -m bench.searching`, on the configured database.

Processor time of a whole page that nothing has stored, with that of PostgreSQL's own process, as
the median and the 95th percentile of questions made of the words of synthetic essays. Requests go
straight to Django.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

# What needs the settings can be imported only now.

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402

from articles.search import hangul  # noqa: E402
from articles.search.morphemes import load  # noqa: E402
from articles.synthetic.words import PLACES, THINGS, TOPICS, with_particle  # noqa: E402

SEARCH, SUGGEST = "/search/", "/search/suggest/"


def main() -> None:
    options = _arguments()
    load()
    site, random = WSGIHandler(), Random(options.seed)  # noqa: S311 - nothing secret
    print("| asked | CPU p50, ms | p95 | database's p50 | p95 |\n|---|---|---|---|---|")
    for name, questions in _kinds(options.questions, random).items():
        if options.only and options.only not in name:
            continue
        for question in questions[:10]:
            _ask(site, question)
        taken = [_cost(site, question, options.times) for question in questions]
        whole = [python + database for python, database in taken]
        own = [database for _, database in taken]
        figures = (f"{figure:.1f}" for part in (whole, own) for figure in _figures(part))
        print(f"| {name} | {' | '.join(figures)} |", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.searching", description=__doc__)
    parser.add_argument("--questions", type=int, default=48, help="of each kind")
    parser.add_argument("--times", type=int, default=3, help="that each is asked")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", help="a part of the name of the kinds that are asked")
    return parser.parse_args()


def _kinds(count: int, random: Random) -> dict[str, list[str]]:
    """Return so many addresses of each kind of question."""
    words = (*TOPICS, *THINGS, *PLACES)

    def asked(make: Callable[[], str], path: str = SEARCH, **more: str) -> list[str]:
        return [f"{path}?{urlencode({'q': make(), **more})}" for _ in range(count)]

    def pair(joint: str = " ") -> str:
        return joint.join(random.sample(words, 2))

    return {
        "a word": asked(lambda: random.choice(words)),
        "two words": asked(pair),
        "the newest with a word": asked(lambda: random.choice(words), sort="newest"),
        "a word, of one year": asked(lambda: random.choice(words), period="year"),
        "a compound to divide": asked(lambda: random.choice(TOPICS) + random.choice(THINGS)),
        "a phrase": asked(
            lambda: f'"{with_particle(random.choice(TOPICS), "과/와")} {random.choice(THINGS)}"'
        ),
        "a slip": asked(lambda: _slipped(random.choice(TOPICS), random)),
        "initials": asked(lambda: hangul.initials(random.choice(TOPICS))),
        "nothing": asked(lambda: f"쿠버네티스{random.randint(10, 99)}"),
        "autocompletion": asked(lambda: _begun(random.choice(words), random), SUGGEST),
    }


def _slipped(word: str, random: Random) -> str:
    """Return the word with the vowel of one syllable exchanged for its neighbour."""
    place = random.randrange(len(word))
    beside = chr(ord(word[place]) + 28)
    return word[:place] + beside + word[place + 1 :]


def _begun(word: str, random: Random) -> str:
    return word[: random.randint(1, len(word))]


def _cost(site: WSGIHandler, question: str, times: int) -> tuple[float, float]:
    """Return the median processor time in ms: of this process, and of the database's."""
    pairs = []
    for _ in range(times):
        begun, database = time.process_time(), _database_time()
        _ask(site, question)
        pairs.append((time.process_time() - begun, _database_time() - database))
    return tuple(statistics.median(column) * 1000 for column in zip(*pairs, strict=True))


def _ask(site: WSGIHandler, question: str) -> None:
    response = site.get_response(RequestFactory().get(question, headers={"host": "localhost"}))
    if response.status_code != 200:
        sys.exit(f"{question} answers {response.status_code}")


def _database_time() -> float:
    """Return the seconds that PostgreSQL's process for this connection has run."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _figures(values: list[float]) -> tuple[float, float]:
    return statistics.median(values), statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
