"""The preview: the unsaved text as readers would see it, for editors alone."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from tests.articles.desk import ADD, PREVIEW, form_of, make_editor, make_staff, signed_in
from tests.builders import make_image

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def preview(client: Client, **changes: Any) -> str:
    return client.post(PREVIEW, form_of(**changes)).content.decode()


def test_shows_the_text_of_the_form_with_the_stylesheet_of_the_site(desk: Client) -> None:
    page = preview(desk, title="새 글", dek="부제", summary_1="첫 줄", body="**자본주의(기술)**를")
    assert "<h1>새 글</h1>" in page
    assert '<p class="article-dek">부제</p>' in page
    assert "<li>첫 줄</li>" in page
    assert "<strong>자본주의(기술)</strong>를" in page
    assert "css/site.css" in page


def test_stores_nothing(desk: Client) -> None:
    preview(desk, body="쓰는 중")
    assert not Article.objects.exists()


def test_is_neither_cached_nor_framed(desk: Client) -> None:
    response = desk.post(PREVIEW, form_of())
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Frame-Options"] == "DENY"
    assert "'unsafe-eval'" not in response["Content-Security-Policy"]


def test_names_the_pictures_that_nobody_has_uploaded(desk: Client) -> None:
    known = make_image("있는-그림")
    page = preview(desk, body=f"![있다]({known.url})\n\n![없다](/media/images/없는-그림.webp)")
    assert "<li>/media/images/없는-그림.webp</li>" in page
    assert f"<li>{known.url}</li>" not in page


@pytest.mark.parametrize("address", ["https://a.example/b.webp", "//a.example/b.webp"])
def test_pictures_of_other_sites_are_not_looked_for(desk: Client, address: str) -> None:
    assert "찾을 수 없는 그림" not in preview(desk, body=f"![그림]({address})")


def test_shows_the_lead_image(desk: Client) -> None:
    lead = make_image("대표", alt="공장의 물")
    assert 'alt="공장의 물"' in preview(desk, lead_image=lead.pk)


@pytest.mark.parametrize("lead_image", ["없음", "²", "99999999999999999999"])
def test_a_lead_image_that_is_none_is_left_out(desk: Client, lead_image: str) -> None:
    assert desk.post(PREVIEW, form_of(lead_image=lead_image)).status_code == 200


def test_scripts_in_the_text_do_not_survive(desk: Client) -> None:
    page = preview(desk, title="<script>1</script>", body="<script>alert(1)</script>")
    assert "<script>1" not in page
    assert "alert(1)" not in page


def test_a_text_that_is_refused_is_answered_with_the_reason(desk: Client) -> None:
    response = desk.post(PREVIEW, form_of(body="가" * 200_000))
    assert response.status_code == 422
    assert "preview-refusal" in response.content.decode()


def test_a_get_is_refused(desk: Client) -> None:
    assert desk.get(PREVIEW).status_code == 405


def test_is_not_for_those_who_may_not_see_articles() -> None:
    bob = signed_in(make_staff("view_category"))
    assert bob.post(PREVIEW, form_of()).status_code == 403


def test_sends_strangers_to_the_sign_in_page() -> None:
    response = Client().post(PREVIEW, form_of())
    assert response.status_code == 302
    assert "/login/" in response["Location"]


def test_asks_for_the_csrf_token() -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_editor())
    assert careful.post(PREVIEW, form_of()).status_code == 403


def test_the_button_works_without_javascript(desk: Client) -> None:
    page = " ".join(desk.get(ADD).content.decode().split())
    assert f'<button type="submit" class="desk-button" formaction="{PREVIEW}"' in page
