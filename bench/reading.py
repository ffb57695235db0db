"""What pages cost a reader's server: stored, not stored, and beside the least that could answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import servers
from bench.answers import Answer, ask, write_answers
from bench.consumption import private_megabytes, resident_megabytes
from bench.data_set import Data, emptied
from bench.load import Figures, Rounds, Target, interleaved, press
from bench.pages import Page, answers_of, pages_of
from bench.servers import Addresses
from bench.tables import milliseconds, rate, ratio, table
from tests.stack.processes import Process

FILE, CACHE, STORED, FRESH = "nginx, file", "nginx, its cache", "stored", "not stored"
FUNCTION, DJANGO = "bare WSGI function", "bare Django view"
# Of the issue: of the bare function, and of nginx with a file.
STORED_TARGET, CACHE_TARGET = 0.6, 0.7


@dataclass(frozen=True, slots=True)
class Pace:
    rounds: int
    seconds: int


@dataclass(slots=True)
class Reading:
    """All servers of one engine, and what they came to."""

    data: Data
    url: str
    addresses: Addresses
    folder: Path
    pace: Pace
    # Whether nginx and the bare servers stand beside the site.
    is_beside_others: bool

    def measure(self) -> str:
        """Return the tables."""
        self.folder.mkdir(parents=True, exist_ok=True)
        stored, fresh = (self._site(is_stored) for is_stored in (True, False))
        with servers.running(stored, fresh):
            pages = pages_of(self.addresses.stored)
            answers = answers_of(self.addresses.other(0), pages)
            kept = self.folder / "answers.pickle"
            write_answers(kept, answers)
            self._write_files(pages, answers)
            others = [servers.bare("function", self.addresses.function, self.folder, kept)]
            if self.is_beside_others:
                others.append(servers.bare("django", self.addresses.django, self.folder, kept))
                others.append(servers.nginx(self.addresses, self.folder, self.addresses.stored))
            names = (STORED, FRESH, FUNCTION, DJANGO, FILE)
            by_name = dict(zip(names, (stored, fresh, *others), strict=False))
            with servers.running(*others):
                found = {
                    page.name: self._rounds(page, number, by_name)
                    for number, page in enumerate(pages)
                }
                alone = {page.name: self._alone(page, fresh) for page in pages}
                memory = self._memory(by_name)
        return "\n\n".join(
            (self._rates(pages, found, answers), self._costs(pages, found, alone), memory)
        )

    def _site(self, is_stored: bool) -> Process:
        port = self.addresses.stored if is_stored else self.addresses.other(0)
        more = {} if is_stored else {"PAGE_STORE_MEGABYTES": "0"}
        environment = servers.site_environment(self.url, port, **more)
        name = f"{self.data.engine}-{'stored' if is_stored else 'fresh'}"
        return servers.site(name, port, self.folder, environment)

    def _write_files(self, pages: list[Page], answers: dict[str, Answer]) -> None:
        folder = emptied(self.folder / "files")
        for number, page in enumerate(pages):
            (folder / str(number)).write_bytes(answers[page.paths[0]].body)

    def _rounds(self, page: Page, number: int, by_name: dict[str, Process]) -> Rounds:
        targets = self._targets(page, number, by_name)
        # Whatever is made once, and whatever a first request loads.
        for target in targets.values():
            for path in target.paths * 2:
                ask(target.port, path)
        works: dict[str, Callable[[], Figures]] = {
            name: partial(press, target, self.pace.seconds) for name, target in targets.items()
        }
        sys.stderr.write(f"{self.data.engine}: {page.name} …\n")
        return interleaved(works, self.pace.rounds)

    def _targets(self, page: Page, number: int, by_name: dict[str, Process]) -> dict[str, Target]:
        def target(name: str, port: int, paths: list[str], *pids: int) -> Target:
            return Target(port, paths, [by_name[name].pid, *pids])

        found = {FRESH: target(FRESH, self.addresses.other(0), page.paths, *self.data.pids)}
        found[FUNCTION] = target(FUNCTION, self.addresses.function, page.paths[:1])
        if page.is_stored:
            found[STORED] = target(STORED, self.addresses.stored, page.paths, *self.data.pids)
        if self.is_beside_others:
            found[DJANGO] = target(DJANGO, self.addresses.django, page.paths[:1])
            found[FILE] = target(FILE, self.addresses.files, [f"/{number}"])
            if page.is_stored:
                cached = target(FILE, self.addresses.cache, page.paths)
                found[CACHE] = cached
        return found

    def _alone(self, page: Page, fresh: Process) -> Figures:
        target = Target(self.addresses.other(0), page.paths, [fresh.pid])
        return press(target, self.pace.seconds, connections=1)

    def _memory(self, by_name: dict[str, Process]) -> str:
        rows = [
            [
                name,
                f"{resident_megabytes(process.pid):.0f}",
                f"{private_megabytes(process.pid):.0f}",
            ]
            for name, process in by_name.items()
        ]
        return table(["memory of one worker afterwards", "resident, MB", "its own, MB"], rows)

    def _rates(
        self, pages: list[Page], found: dict[str, Rounds], answers: dict[str, Answer]
    ) -> str:
        used = _measured(found)
        rows = []
        for page in pages:
            rounds = found[page.name]
            rates = [_cell(rounds, name, lambda figures: rate(figures.rate)) for name in used]
            size = len(answers[page.paths[0]].body)
            rows.append([page.name, f"{size:,}", *rates, *self._ratios(rounds)])
        heads = ["requests a second", "bytes", *used, "stored : function", "cache : file"]
        return table(heads, rows)

    def _ratios(self, rounds: Rounds) -> list[str]:
        pairs = ((STORED, FUNCTION, STORED_TARGET), (CACHE, FILE, CACHE_TARGET))
        return [
            ratio(rounds.ratio(one, other), target) if one in rounds.by_name else "–"
            for one, other, target in pairs
        ]

    def _costs(self, pages: list[Page], found: dict[str, Rounds], alone: dict[str, Figures]) -> str:
        used = _measured(found)
        rows = []
        for page in pages:
            rounds = found[page.name]
            costs = [
                _cell(rounds, name, lambda figures: milliseconds(figures.processor))
                for name in used
            ]
            rows.append([page.name, *costs, milliseconds(alone[page.name].p50)])
        return table(["processor a request, ms", *used, "p50 not stored, one client, ms"], rows)


def _measured(found: dict[str, Rounds]) -> list[str]:
    """Return the names of the servers that any page was asked of, in the order of the tables."""
    names = (FILE, CACHE, STORED, FRESH, FUNCTION, DJANGO)
    return [name for name in names if any(name in rounds.by_name for rounds in found.values())]


def _cell(rounds: Rounds, name: str, say: Callable[[Figures], str]) -> str:
    return say(rounds.middle(name)) if name in rounds.by_name else "–"
