"""What every test stands on: an empty cache, no read on its way, media and passwords of its own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache, caches
from django.test import TransactionTestCase, override_settings
from pytest_django import Settings

from articles.reads import gathered
from articles.search import vocabulary
from tests.flushing import flush
from tests.plan import LINES
from tests.template_database import begin_with_template


def pytest_configure(config: pytest.Config) -> None:
    for line in LINES:
        config.addinivalue_line("markers", f"{line}: proves this line of docs/security.md")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let `pytest -m F7` find what proves F7."""
    for mark in item.iter_markers("promise"):
        for line in mark.args:
            item.add_marker(line)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Put SQLite's test database in a file, as in real life: threads then share it by locks.

    PostgreSQL's connections are waited for as long as a busy machine takes to make them.
    """
    database = django_settings.DATABASES["default"]
    test = database.setdefault("TEST", {})
    if database["ENGINE"].endswith("sqlite3"):
        test["NAME"] = str(tmp_path_factory.mktemp("db") / "db.sqlite3")
    else:
        # Twenty who write at once, and the test that watches them.
        database["OPTIONS"]["pool"] |= {"max_size": 24, "timeout": 60}


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Do not make anew what is a copy of the run's template."""
    return begin_with_template(django_settings.DATABASES["default"])


@pytest.fixture(scope="session", autouse=True)
def light_settings() -> Iterator[None]:
    """Spare all tests what only a real site needs."""
    with override_settings(
        # Each client would otherwise read the names of all collected files anew.
        WHITENOISE_AUTOREFRESH=True,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        COMMENT_PASSWORD_HASHER="django.contrib.auth.hashers.MD5PasswordHasher",
        STORAGES={
            **django_settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def light_flush() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", flush)
        yield


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield names for folders that no other test has; most tests never make them."""
    top = tmp_path_factory.mktemp("surroundings")
    return (top / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_surroundings(
    settings: Settings, light_settings: None, surroundings: Iterator[Path]
) -> Iterator[None]:
    own = next(surroundings)
    settings.MEDIA_ROOT = own / "media"
    settings.IMPORT_ROOT = own / "imports"
    _empty_caches()
    yield
    _empty_caches()


@pytest.fixture
def redis_is_away(settings: Settings) -> None:
    """Put the shared cache where nobody listens."""
    redis = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
    }
    settings.CACHES = {**settings.CACHES, "shared": redis}


def _empty_caches() -> None:
    cache.clear()
    gathered.forget()
    vocabulary.forget()
    caches["process"].clear()
