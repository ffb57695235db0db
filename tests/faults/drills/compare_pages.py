"""Change a site in every way, and compare what those show who remember with what a fresh process does.

`python -m tests.faults.drills.compare_pages [--steps N] [--seed N] [--share F] [--database URL]`, on
SQLite in a temporary folder unless an empty database is named. Exit status 1 tells of a stale page.
"""

from __future__ import annotations

import argparse
import difflib
import logging
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases import ENVIRONMENT
from tests.faults.drills.page_readers import CLOCK, Page, Reader, plain, stored

# PostgreSQL tells its listeners of a commit in its own time.
_TOLD_WITHIN = 0.2
# What the process's own memory of the house's name, and of votes and reads, may be late by.
_NAME_SECONDS = 6
_SHOWN_LINES = 14


def main(folder: Path, options: argparse.Namespace) -> int:
    url = options.database or f"sqlite:///{folder / 'site.sqlite3'}"
    os.environ |= ENVIRONMENT | {
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(folder / "media"),
        "PAGE_STORE_MEGABYTES": "64",
        "COMMENT_CLOSE_AFTER_DAYS": "0",
    }
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], check=True)
    CLOCK.take_over()
    _load()
    readers = {"remembering": Reader(plain), "storing": Reader(stored)}
    fresh = Reader(plain, forgets=True)
    try:
        return Comparison(folder, options, fresh, readers).run()
    finally:
        for reader in (fresh, *readers.values()):
            reader.end()


def _load() -> None:
    """Load what processes share that have shown nothing yet: code and templates."""
    import django
    from django.conf import settings
    from django.test.utils import override_settings

    django.setup()
    logging.disable(logging.WARNING)
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(
        PASSWORD_HASHERS=[hasher],
        COMMENT_PASSWORD_HASHER=hasher,
        WHITENOISE_AUTOREFRESH=True,
        STORAGES={**settings.STORAGES, "staticfiles": static},
    ).enable()
    from django.template.loader import get_template
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    for template in Path("templates").rglob("*.html"):
        get_template(str(template.relative_to("templates")))


class Comparison:
    def __init__(
        self, folder: Path, options: argparse.Namespace, fresh: Reader, readers: dict[str, Reader]
    ) -> None:
        from django.test.utils import setup_test_environment

        from tests.faults.drills.editorial_deeds import Magazine

        setup_test_environment(debug=False)
        self._options = options
        self._fresh, self._readers = fresh, readers
        self._magazine = Magazine(options.seed, folder, options.deeds)
        self.done: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.compared = 0
        self.stale: Counter[str] = Counter()

    def run(self) -> int:
        self._compare("beginning", self._magazine.addresses(0.5))
        for number in range(1, self._options.steps + 1):
            name, wait = self._magazine.step()
            self.done[name] += 1
            CLOCK.now += wait
            if self._options.verbose:
                print(f"{number}: {name}", flush=True)
            self._compare(f"{number}, {name}", self._magazine.addresses(self._options.share))
            if number % 50 == 0:
                print(f"  {number} steps, {self.compared} comparisons", flush=True)
        self._compare("end", self._magazine.addresses(1))
        print(f"{self._options.steps} steps, {self.compared} answers compared; {dict(self.states)}")
        for name, count in sorted(self.done.items()):
            print(f"  {count:4} {name}")
        for name, count in self.stale.most_common():
            print(f"STALE {count:4} {name}")
        return min(1, len(self.stale))

    def _compare(self, step: str, addresses: list[str]) -> None:
        from django.db import connection

        if connection.vendor == "postgresql":
            time.sleep(_TOLD_WITHIN)
        right = self._fresh.pages(addresses, and_next=True)
        for name, reader in self._readers.items():
            found = reader.pages(list(right))
            self.compared += len(found)
            if name == "storing":
                self.states.update(page.state or "none" for page in found.values())
            wrong = [each for each, page in found.items() if page.differs_from(right[each])]
            if wrong:
                self._judge(step, name, wrong, right, found)

    def _judge(
        self, step: str, name: str, wrong: list[str], right: dict[str, Page], found: dict[str, Page]
    ) -> None:
        """Ask again a little later: the names of the house are remembered for seconds."""
        CLOCK.now += _NAME_SECONDS if name == "remembering" else 0
        again, later = self._fresh.pages(wrong), self._readers[name].pages(wrong)
        left = [each for each in wrong if later[each].differs_from(again[each])]
        deed = step.partition(", ")[2]
        if not left:
            self.stale[f"{name}, for seconds: {deed}"] += name == "storing"
            self.stale += Counter()
            if name == "remembering":
                return
        for address in left or wrong:
            self.stale[f"{name}, {_kind(address)}: {deed}"] += 1
        address = (left or wrong)[0]
        pages = (again, later) if left else (right, found)
        print(f"STALE {step}: {name} shows {len(left or wrong)} pages, as {address}", flush=True)
        print(_difference(pages[0][address], pages[1][address]), flush=True)


def _kind(address: str) -> str:
    path, _, query = address.partition("?")
    parts = path.strip("/").split("/")
    return "/".join([parts[0], *("…" for _ in parts[1:2]), *parts[2:]]) + ("?" if query else "")


def _difference(right: Page, found: Page) -> str:
    if right.status != found.status:
        return f"    {right.status} is right, {found.status} was shown"
    lines = [f"{header}" for header in right.headers], [f"{header}" for header in found.headers]
    for each, page in zip(lines, (right, found), strict=True):
        each.extend(page.body.decode(errors="replace").splitlines())
    shown = list(difflib.unified_diff(*lines, "right", "shown", n=0, lineterm=""))
    return "\n".join(f"    {line[:240]}" for line in shown[:_SHOWN_LINES])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="compare_pages", description=__doc__)
    parser.add_argument("--steps", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--share", type=float, default=0.15, help="of pages of which are many")
    parser.add_argument("--database", help="the URL of an empty database")
    parser.add_argument("--deeds", nargs="*", default=(), help="these alone, by their names")
    parser.add_argument("--verbose", action="store_true", help="name every step")
    return parser.parse_args()


if __name__ == "__main__":
    with TemporaryDirectory(prefix="pildam-drill-") as top:
        sys.exit(main(Path(top), _options()))
