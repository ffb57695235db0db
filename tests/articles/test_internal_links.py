"""Which links lead somewhere on this site, and what the desk is told of those that do not."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from articles.internal_links import dead_links
from articles.models import BrokenLink, Status
from tests.builders import (
    FAR_FUTURE,
    make_article,
    make_author,
    make_category,
    make_draft,
    make_image,
    make_redirect,
    make_series,
)

pytestmark = pytest.mark.django_db


def reasons(*addresses: str) -> dict[str, str]:
    body = "\n\n".join(f"[글](<{address}>)" for address in addresses)
    return {link.address: link.reason for link in dead_links(body, path="/articles/나/")}


def make_site() -> None:
    category, author, series = make_category("기술"), make_author("가람"), make_series("연재")
    make_article(
        "있는 글",
        body="# 큰\n\n## 첫째 절",
        category=category,
        authors=[author],
        series=series,
        episode=1,
        tags=["태그"],
    )
    make_draft("초고")
    make_article("예약", published_at=FAR_FUTURE)
    make_article("내린 글", status=Status.WITHDRAWN)
    make_image("그림")
    make_redirect("/old.html", target="/archive/")
    make_redirect("/view?id=2", target="/archive/")
    make_redirect("/to-draft/", article=make_draft("옮긴 초고"))


@override_settings(SITE_HOSTS=frozenset({"pildam.example"}))
def test_what_leads_somewhere_is_not_reported() -> None:
    make_site()
    alive = [
        "/", "/articles/있는-글/", "/articles/있는-글", "../있는-글/", "/articles/나/",
        "https://pildam.example/articles/%EC%9E%88%EB%8A%94-%EA%B8%80/#첫째-절",
        "/articles/있는-글/#comments", "/articles/있는-글/comments/", "#", "#top",
        "/categories/기술/", "/tags/태그/feed/", "/authors/가람/", "/series/연재/",
        "/archive/2025/", "/archive/2025/03/", "/feed.json", "/media/images/그림.webp",
        "/old.html", "/view?id=2", "/privacy/", "/static/desk/desk.css",
        "https://elsewhere.example/none/", "//elsewhere.example/", "mailto:a@pildam.example",
        "tel:02-123-4567", "http://[",
    ]  # fmt: skip
    assert reasons(*alive) == {}


@override_settings(SITE_HOSTS=frozenset({"pildam.example"}))
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/articles/없음/", "그런 주소의 글이 없습니다."),
        ("https://pildam.example/articles/초고/", "아직 공개되지 않은 글입니다."),
        ("/articles/예약/", "아직 공개되지 않은 글입니다."),
        ("/articles/내린-글/", "독자에게서 내린 글입니다."),
        ("/articles/있는-글/#둘째-절", "글 안에 #둘째-절 자리가 없습니다."),
        ("#없는-자리", "글 안에 #없는-자리 자리가 없습니다."),
        ("/categories/없음/", "그런 카테고리가 없습니다."),
        ("/tags/없음/", "그런 태그가 없거나, 공개된 글이 없는 태그입니다."),
        ("/archive/1999/", "그때 공개된 글이 없습니다."),
        ("/media/images/none.webp", "그런 파일이 없습니다."),
        ("/media/../../etc/passwd", "이 사이트에 그런 주소가 없습니다."),
        ("/to-draft/", "옛 주소입니다. 옮겨 간 글을 지금은 독자가 볼 수 없습니다."),
        ("/admin/articles/article/", "편집실 주소라 독자는 볼 수 없습니다."),
        (
            "elsewhere.example/a",
            "이 사이트에 그런 주소가 없습니다. 다른 사이트라면 https://를 붙여 주세요.",
        ),
    ],
)
def test_what_leads_nowhere_is_reported_with_its_reason(address: str, reason: str) -> None:
    make_site()
    assert reasons(address) == {address: reason}


def test_many_links_take_no_more_queries_than_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    body = "\n\n".join(
        f"[가](/articles/{n}/#a) [나](/tags/{n}/) [다](/media/{n}) [라](/{n}/)" for n in range(100)
    )
    with django_assert_max_num_queries(12):
        assert len(dead_links(body, path="/articles/나/")) == 400


def test_a_link_to_what_appears_in_time_is_alive_then() -> None:
    make_article("예약", published_at=FAR_FUTURE)
    later = FAR_FUTURE + timedelta(days=1)
    assert dead_links("[글](/articles/예약/)", path="/articles/나/", at=later) == []


def check() -> str:
    out = StringIO()
    call_command("check_links", stdout=out)
    return out.getvalue().strip()


def test_the_report_is_the_same_after_a_second_run_and_empty_after_the_repair() -> None:
    article = make_article("글", body="가\n\n[나](/articles/없음/) [나](/articles/없음/) [다](#라)")
    make_draft("초고", body="[나](/articles/없음/)")
    assert check() == "1 articles checked, 2 broken links"
    rows = list(BrokenLink.objects.values_list("pk", "article", "line", "address"))
    assert [row[1:3] for row in rows] == [(article.pk, 3)] * 2
    check()
    assert list(BrokenLink.objects.values_list("pk", "article", "line", "address")) == rows
    article.body = "고쳤다."
    article.save()
    assert check() == "1 articles checked, 0 broken links"
    assert not BrokenLink.objects.exists()


def test_a_withdrawn_article_leaves_the_report() -> None:
    article = make_article("글", body="[나](/articles/없음/)")
    check()
    article.withdraw()
    check()
    assert not BrokenLink.objects.exists()
