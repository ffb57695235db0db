"""The log of addresses that were asked for in vain: what is kept, and that it never hurts."""

import unicodedata
from hashlib import sha256

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from articles import missing_pages
from articles.models import MissingPage
from tests.builders import make_article, make_draft, make_redirect

pytestmark = pytest.mark.django_db


def paths() -> set[str]:
    return set(MissingPage.objects.values_list("path", flat=True))


def test_a_missing_page_is_written_once_a_minute(client: Client) -> None:
    for _ in range(3):
        assert client.get("/articles/없는-글/?utm=1").status_code == 404
    page = MissingPage.objects.get()
    assert (page.path, page.hits) == ("/articles/없는-글/", 1)


def test_what_was_asked_within_the_minute_is_counted_later(client: Client) -> None:
    for _ in range(3):
        client.head("/a/")
    cache.delete(f"missing-written:{sha256(b'/a/').hexdigest()[:32]}")
    client.get("/a/")
    assert MissingPage.objects.get().hits == 4


def test_both_unicode_forms_are_one_page(client: Client) -> None:
    client.get("/" + unicodedata.normalize("NFD", "없음") + "/")
    assert paths() == {"/없음/"}


@pytest.mark.parametrize(
    "path",
    [
        "/admin/none/", "/accounts/none/", "/media/none.webp", "/comments/mine/guest/key/",
        "/comments/99/", "/takedowns/ticket/", "/wp-login.php", "/.env", "/a/.git/config",
        "/index.php", "/static/none.css", "/preview/key/x/", "/old%00/", "/" + "가" * 501, "/%0Aa/", "/wp-admin/",
    ],
)  # fmt: skip
def test_probes_keys_and_nonsense_are_not_noted(client: Client, path: str) -> None:
    client.get(path)
    assert paths() == set()


def test_what_exists_moves_or_is_sent_is_not_noted(client: Client) -> None:
    make_article("글")
    make_redirect("/old/", target="/archive/")
    client.get("/old/")
    client.get("/articles/글")
    client.post("/none/")
    assert paths() == set()


def test_a_draft_asked_for_is_noted(client: Client) -> None:
    client.get(make_draft("초고").get_absolute_url())
    assert paths() == {"/articles/초고/"}


@override_settings(SITE_HOSTS=frozenset({"pildam.example"}))
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("https://pildam.example/articles/%EA%B8%80/?q=비밀", "/articles/글/"),
        ("https://pildam.example/comments/mine/guest/key/", ""),
        ("https://Search.Example/find?q=내+이름", "search.example"),
        ("javascript:alert(1)", ""),
        ("http://[", ""),
    ],
)
def test_of_the_way_in_only_a_page_or_a_host_is_kept(client: Client, sent: str, kept: str) -> None:
    client.get("/none/", headers={"referer": sent.encode().decode("latin-1")})
    assert MissingPage.objects.get().referrer == kept


def test_new_rows_are_bounded_by_the_minute_and_in_all(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missing_pages, "MAX_NEW_PER_MINUTE", 3)
    for number in range(5):
        client.get(f"/none-{number}/")
    assert MissingPage.objects.count() == 3
    cache.clear()
    MissingPage.objects.filter(path="/none-0/").update(hits=9)
    monkeypatch.setattr(missing_pages, "MAX_ROWS", 3)
    monkeypatch.setattr(missing_pages, "_ROOM", 2)
    client.get("/more/")
    assert paths() == {"/none-0/", "/more/"}


def test_beyond_the_bound_a_scan_does_not_even_ask_to_write(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missing_pages, "MAX_NEW_PER_MINUTE", 0)
    with CaptureQueriesContext(connection) as asked:
        client.get("/none/")
    assert asked.captured_queries
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_a_database_that_takes_nothing_leaves_the_404_as_it_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(missing_pages.MissingPage.objects, "filter", refuse)
    assert client.get("/none/").status_code == 404
