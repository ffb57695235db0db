"""Old addresses: what would be a 404 is looked up among the redirects."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.articles.page import is_for_everybody
from tests.builders import make_article, make_category, make_draft, make_redirect

pytestmark = pytest.mark.django_db


def test_changed_slug_leaves_every_old_address_one_redirect_away(client: Client) -> None:
    article = make_article("가")
    for slug in ("나", "다"):
        article.slug = slug
        article.save()
    for old in ("가", "나"):
        response = client.get(f"/articles/{old}/")
        assert response.status_code == 301
        assert response["Location"] == f"/articles/{quote('다')}/"
    assert client.get("/articles/다/").status_code == 200


def test_slug_that_is_given_back_makes_no_loop(client: Client) -> None:
    article = make_article("가")
    for slug in ("나", "가"):
        article.slug = slug
        article.save()
    assert client.get("/articles/가/").status_code == 200
    assert client.get("/articles/나/")["Location"] == f"/articles/{quote('가')}/"


def test_browsers_ask_again_for_what_has_moved(client: Client) -> None:
    make_redirect("/옛-글.html", article=make_article())
    response = client.get("/옛-글.html")
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert is_for_everybody(response)


@pytest.mark.parametrize("asked", ["/2025/07/04/글.html", "/2025/07/04/%EA%B8%80.html?utm=1"])
def test_foreign_address_is_redirected(client: Client, asked: str) -> None:
    article = make_article()
    make_redirect("/2025/07/04/글.html", article=article)
    response = client.get(asked)
    assert response.status_code == 301
    assert response["Location"].startswith(article.get_absolute_url())


def test_last_slash_does_not_matter(client: Client) -> None:
    make_redirect("/old", target="/categories/기술/")
    assert client.get("/old/")["Location"] == f"/categories/{quote('기술')}/"


def test_address_by_number_is_found_before_the_front_page(client: Client) -> None:
    article = make_article()
    make_redirect("/?p=12", article=article)
    assert client.get("/?p=12")["Location"] == article.get_absolute_url()
    assert client.get("/?p=13").status_code == 200


def test_address_with_its_query_wins_over_the_bare_path(client: Client) -> None:
    one, two = make_article("하나"), make_article("둘")
    make_redirect("/view.php", article=one)
    make_redirect("/view.php?id=2", article=two)
    assert client.get("/view.php?id=2")["Location"] == two.get_absolute_url()
    assert client.get("/view.php?id=9")["Location"] == f"{one.get_absolute_url()}?id=9"


def test_redirect_to_a_draft_is_404(client: Client) -> None:
    make_redirect("/old/", article=make_draft())
    assert client.get("/old/").status_code == 404


def test_page_that_exists_is_not_redirected(client: Client) -> None:
    category = make_category("기술")
    make_redirect("/categories/기술/", target="/")
    assert client.get(category.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("path", ["/%00", "/old%00/", "/articles/%00/", "/%FF%FE/", "/%ED%A0%80/"])
def test_hostile_address_is_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_post_is_not_redirected(client: Client) -> None:
    make_redirect("/old/", article=make_article())
    assert client.post("/old/").status_code == 404


def test_head_is_redirected_like_get(client: Client) -> None:
    make_redirect("/old/", target="/archive/")
    assert client.head("/old/").status_code == 301


def test_the_discussion_moves_along_with_its_article(client: Client) -> None:
    article = make_article("가")
    article.slug = "나"
    article.save()
    response = client.get("/articles/가/comments/?sort=oldest")
    assert response.status_code == 301
    assert response["Location"] == f"/articles/{quote('나')}/comments/?sort=oldest"


def test_below_an_unknown_article_is_nothing(client: Client) -> None:
    assert client.get("/articles/없음/comments/").status_code == 404
