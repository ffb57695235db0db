"""Posting comments: eight clients with a form each, every acknowledged comment looked for.

A client fetches its form beforehand, because nobody writes within seconds of reading. Then comes
what is timed: the POST of a form, judged, stored, counted, and answered with 303. Each writer has
an address of its own, as if nginx had named it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import median, quantiles
from urllib.parse import quote, urlencode, urlsplit

from articles.synthetic.words import THINGS, TOPICS
from bench import servers
from bench.answers import HOST, ask, write_answers
from bench.consumption import processor_seconds
from bench.data_set import Data, Size, manage
from bench.load import CONNECTIONS, Figures, Target, interleaved, press
from bench.machine import LOAD_CORES, TOP, pinned_to
from bench.reading import DJANGO, FUNCTION, Pace
from bench.servers import Addresses
from bench.tables import milliseconds, rate, table
from tests.stack.clients import hidden_fields

# At most sixty a second are taken under one article, and ten a minute from one writer.
_ARTICLES = 100
_COMMENTS_EACH = 8
# In every round, for each second that other loads have.
_COMMENTS_A_SECOND = 150
_QUICKEST_FORM = 3.5
_COUNT = "from comments.models import Comment; print(Comment.objects.visible().count())"


@dataclass(slots=True)
class Writer:
    """Somebody at an address of their own, signed in if there is a session."""

    address: str
    # Of the browser's CSRF cookie, by which a guest is known until there is a key.
    secret: str
    session: str = ""

    @property
    def headers(self) -> dict[str, str]:
        cookies = f"sessionid={self.session}; " if self.session else ""
        return {
            "Host": HOST,
            "X-Forwarded-For": self.address,
            "Cookie": f"{cookies}csrftoken={self.secret}",
        }


@dataclass(slots=True)
class Form:
    """A form that was fetched for a writer, filled in."""

    writer: Writer
    path: str
    fields: dict[str, str]


@dataclass(slots=True)
class Outcome:
    """Answers by what they were, and how long the stored ones took (ms)."""

    stored: int = 0
    others: list[str] = field(default_factory=list)
    took: list[float] = field(default_factory=list)


def measure(engines: list[Data], size: Size, addresses: Addresses, folder: Path, pace: Pace) -> str:
    """Return a table: guests with a password, accounts, and the least that takes a POST."""
    rows = []
    for data in engines:
        for kind in ("account", "guest with a password"):
            sys.stderr.write(f"{data.engine}: posting, {kind} …\n")
            rows.append(_measured(data, kind, size, addresses, folder, pace))
    rows += _beside(addresses, folder, pace)
    heads = ["posting", "a second", "processor a comment, ms", "p50, ms", "p95, ms"]
    return table([*heads, "acknowledged : stored", "other answers"], rows)


def _measured(
    data: Data, kind: str, size: Size, addresses: Addresses, folder: Path, pace: Pace
) -> list[str]:
    port = addresses.other(1)
    url = data.copy_of(size)
    environment = servers.site_environment(url, port)
    each = pace.seconds * _COMMENTS_A_SECOND
    server = servers.site(f"{data.engine}-posting", port, folder, environment)
    with servers.running(server):
        count = each * pace.rounds
        writers = _writers(kind, -(-count // _COMMENTS_EACH), environment)
        before = _comments_in(url)
        forms = _forms(port, writers, count, is_guest=kind != "account")
        outcomes, rates, costs = [], [], []
        for start in range(0, count, each):
            spent, began = processor_seconds([server.pid, *data.pids]), time.perf_counter()
            outcome = _post_all(port, forms[start : start + each])
            seconds = time.perf_counter() - began
            spent = processor_seconds([server.pid, *data.pids]) - spent
            outcomes.append(outcome)
            rates.append(outcome.stored / seconds)
            costs.append(spent * 1000 / max(1, outcome.stored))
        stored = _comments_in(url) - before
    took = [one for outcome in outcomes for one in outcome.took] or [0.0, 0.0]
    others = [one for outcome in outcomes for one in outcome.others]
    return [
        f"{data.engine}, {kind}",
        rate(median(rates)),
        milliseconds(median(costs)),
        milliseconds(median(took)),
        milliseconds(quantiles(took, n=20)[-1]),
        f"{sum(outcome.stored for outcome in outcomes):,} : {stored:,}",
        ", ".join(f"{others.count(one)} × {one}" for one in sorted(set(others))) or "none",
    ]


def _writers(kind: str, count: int, environment: dict[str, str]) -> list[Writer]:
    found = [
        Writer(f"100.{64 + n // 65536}.{n // 256 % 256}.{n % 256}", secret=f"{n:032}")
        for n in range(count)
    ]
    if kind == "account":
        command = [sys.executable, "-m", "bench.writers", str(count)]
        made = subprocess.run(
            command, cwd=TOP, env=environment, check=True, capture_output=True, text=True
        )
        for writer, session in zip(found, made.stdout.split(), strict=True):
            writer.session = session
    return found


def _comments_in(url: str) -> int:
    return int(manage(url, "shell", "--no-imports", "-c", _COUNT))


def _forms(port: int, writers: list[Writer], count: int, *, is_guest: bool) -> list[Form]:
    """Fetch a form for each comment, all of them some seconds before the first is sent."""
    sitemap = ask(port, "/sitemap-articles.xml").body.decode()
    # Not those with the long discussions.
    found = re.findall(r"<loc>([^<]+)</loc>", sitemap)[2 : _ARTICLES + 2]
    paths = [f"{quote(urlsplit(address).path, safe='/%')}comments/" for address in found]

    def fetched(number: int) -> Form:
        writer, path = writers[number % len(writers)], paths[number % len(paths)]
        html = ask(port, path, writer.headers).body.decode()
        form = next(part for part in html.split("<form")[1:] if 'name="form_token"' in part)
        fields = hidden_fields(form.partition("</form>")[0])
        fields["csrfmiddlewaretoken"] = writer.secret
        fields["body"] = _words(number)
        if is_guest:
            fields |= {"name": f"독자{number}", "password": "a-password-of-mine"}
        return Form(writer, path, fields)

    with _clients() as pool:
        forms = list(pool.map(fetched, range(count)))
    time.sleep(_QUICKEST_FORM)
    return forms


def _words(number: int) -> str:
    """Return some thirty words, others for each number: who repeats others is refused."""
    random = Random(number)  # noqa: S311
    return " ".join(f"{random.choice(TOPICS)}의 {random.choice(THINGS)}" for _ in range(15))


def _post_all(port: int, forms: list[Form]) -> Outcome:
    """Send the forms by as many clients as other loads have connections."""
    outcome = Outcome()
    shared = iter(forms)
    with _clients() as pool:
        for done in pool.map(lambda _: _client(port, shared), range(CONNECTIONS)):
            outcome.stored += done.stored
            outcome.others += done.others
            outcome.took += done.took
    return outcome


def _clients() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(CONNECTIONS, initializer=lambda: pinned_to(LOAD_CORES).__enter__())


def _client(port: int, forms: Iterator[Form]) -> Outcome:
    outcome = Outcome()
    connection = HTTPConnection(HOST, port, timeout=60)
    # Another thread takes from the same forms; `next` of a list's iterator is one step.
    for form in forms:
        headers = form.writer.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        connection.request("POST", form.path, urlencode(form.fields), headers)
        answer = connection.getresponse()
        answer.read()
        is_stored = answer.status == 303 and "#comment-" in answer.headers.get("Location", "")
        if is_stored:
            outcome.stored += 1
            outcome.took.append((time.perf_counter() - began) * 1000)
        else:
            outcome.others.append(f"{answer.status} {answer.headers.get('Location', '')}".strip())
    connection.close()
    return outcome


def _beside(addresses: Addresses, folder: Path, pace: Pace) -> list[list[str]]:
    """Measure the bare function and the bare view with a POST of the same size."""
    kept = folder / "answers.pickle"
    write_answers(kept, {})
    function = servers.bare("function", addresses.function, folder, kept)
    view = servers.bare("django", addresses.django, folder, kept)
    with servers.running(function, view):
        script = Path(__file__).with_name("post.lua")
        targets = {
            FUNCTION: Target(addresses.function, ["/"], [function.pid], script=script),
            DJANGO: Target(addresses.django, ["/"], [view.pid], script=script),
        }
        works = {name: partial(press, target, pace.seconds) for name, target in targets.items()}
        rounds = interleaved(works, pace.rounds)
    return [_row(name, rounds.middle(name)) for name in targets]


def _row(name: str, figures: Figures) -> list[str]:
    cells = [rate(figures.rate), milliseconds(figures.processor), milliseconds(figures.p50)]
    return [name, *cells, "–", "–", "–"]
