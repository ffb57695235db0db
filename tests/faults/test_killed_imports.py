"""An import that breaks off at any step is completed by the same command.

The process goes on here; `drills/kill_imports.py` kills real ones.
"""

import shutil
from contextlib import suppress

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from tests.articles.moving.magazine import lose_everything
from tests.faults.mixed_import import Steps, content, make_own_export, make_sources, strays

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


class Killed(BaseException):
    pass


def kill():
    raise Killed


def bring_in(paths, *, kill_at=0):
    steps = Steps(kill_at, kill)
    with suppress(Killed), steps.watched():
        call_command("import_articles", *map(str, paths), "--status", "published")
    return steps.taken


@pytest.mark.promise("F1")
def test_the_next_run_comes_to_what_one_run_comes_to(tmp_path):
    package = make_own_export(tmp_path / "export.zip")
    lose_everything()
    paths = (make_sources(tmp_path / "blog"), package)
    results = []
    last = bring_in_alone(paths, results)
    assert {article["import_ref"] for article in results[0]["articles"]} >= {
        "_posts/2024-03-01-글.md",
        "wordpress:blog.example:7",
    }
    assert "/articles/" in results[0]["articles"][0]["body"]
    for share in (0.2, 0.4, 0.6, 0.8, 0.97):
        bring_in_alone(paths, results, kill_at=int(last * share))
    assert all(result == results[0] for result in results)


def bring_in_alone(paths, results, *, kill_at=0):
    """Import into an empty site, twice if the first was killed, note the result and forget it."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    with transaction.atomic():
        taken = bring_in(paths, kill_at=kill_at)
        if kill_at:
            bring_in(paths)
        results.append(content())
        assert strays() == set()
        transaction.set_rollback(True)
    return taken
