"""What the house calls itself, and the counter of visits that it may let in."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from articles import site
from articles.models import SiteSettings
from comments.privacy.mail import compose
from comments.reserved_names import is_reserved
from tests.articles.desk import make_editor, make_staff, signed_in
from tests.builders import make_article, make_user

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

PAGE = "/admin/articles/sitesettings/1/change/"
COUNTER = "https://stats.pildam.example:8443/js/script.js"


def test_without_a_row_the_environment_names_the_site(client: Client) -> None:
    text = client.get("/").text
    assert "<title>필담</title>" in text
    assert '<p class="motto">종이 한 장을 사이에 둔 대화</p>' in text


def test_a_name_is_seen_at_once_wherever_the_site_names_itself(client: Client) -> None:
    article = make_article()
    assert "필담" in client.get("/").text
    SiteSettings(name="묵향", tagline="", description="먹과 종이의 잡지").save()
    front = client.get("/").text
    assert 'data-name="묵향"' in front
    assert 'content="먹과 종이의 잡지"' in front
    assert 'class="motto"' not in front
    assert '"name": "묵향"' in client.get(article.get_absolute_url()).text
    assert client.get("/feed.json").json()["title"] == "묵향"
    assert (
        f"{article.title} – 댓글 – 묵향"
        in client.get(f"{article.get_absolute_url()}comments/feed/").text
    )
    assert "[묵향]" in compose("a@pildam.example", "takedown_expired", article=article).subject
    assert is_reserved("묵 향")
    assert is_reserved("필담")
    assert "묵향 편집실" in signed_in(make_editor()).get("/admin/").text


def test_letters_about_accounts_bear_the_name(client: Client) -> None:
    make_user("alice@pildam.example")
    SiteSettings(name="묵향").save()
    client.post("/accounts/password/reset/", {"email": "alice@pildam.example"})
    assert mail.outbox[0].subject.startswith("[묵향] ")


def test_names_are_asked_of_the_database_once_in_a_while(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert {site.name() for _ in range(10)} == {"필담"}


@pytest.mark.parametrize(
    "address",
    [
        "http://stats.example/a.js",
        "https://stats.example",
        "https://a.example; script-src */a.js",
        "https://a.example,b/a.js",
        "https://user@a.example/a.js",
        "https://통계.example/a.js",
    ],
)
def test_a_counter_has_a_plain_https_address(address: str) -> None:
    settings = SiteSettings(analytics_script=address, analytics_site="a")
    with pytest.raises(ValidationError):
        settings.full_clean()
    assert settings.analytics_origin == ""


def test_nothing_is_counted_unless_somebody_says_so(client: Client) -> None:
    response = client.get("/")
    assert "<script defer" not in response.text
    assert "data-website-id" not in response.text
    assert "script-src 'self';" in response["Content-Security-Policy"] + ";"


def test_public_pages_load_the_counter_and_name_its_origin_alone(client: Client) -> None:
    SiteSettings(analytics_script=COUNTER, analytics_site='"pildam').save()
    first = client.get("/")
    assert f'<script defer\n              src="{COUNTER}"' in first.text
    assert 'data-domain="&quot;pildam"' in first.text
    again = client.get("/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    for response in (first, again, client.get("/articles/없는-글/")):
        policy = response["Content-Security-Policy"]
        assert "script-src 'self' https://stats.pildam.example:8443;" in policy + ";"
        assert "connect-src 'self' https://stats.pildam.example:8443;" in policy + ";"


@pytest.mark.parametrize("path", ["/accounts/login/", "/admin/", PAGE, "{article}comments/"])
def test_the_desk_and_pages_with_forms_know_no_counter(client: Client, path: str) -> None:
    SiteSettings(analytics_script=COUNTER, analytics_site="pildam").save()
    address = path.format(article=make_article().get_absolute_url())
    if path.startswith("/admin/"):
        client = signed_in(make_editor())
    response = client.get(address)
    assert response.status_code == 200
    assert f'src="{COUNTER}"' not in response.text
    assert "stats.pildam.example" not in response["Content-Security-Policy"]


def test_the_desk_changes_the_row_and_leads_to_the_settings_of_comments() -> None:
    desk = signed_in(make_editor())
    page = desk.get("/admin/articles/sitesettings/", follow=True)
    assert "/admin/comments/commentsettings/" in page.text
    refused = desk.post(PAGE, {"name": "묵향", "analytics_script": COUNTER, "analytics_site": ""})
    assert refused.status_code == 422
    assert desk.post(PAGE, {"name": "묵향", "tagline": "먹"}).status_code == 302
    assert (site.name(), SiteSettings.stored().tagline) == ("묵향", "먹")


def test_the_settings_are_not_for_every_colleague() -> None:
    desk = signed_in(make_staff("change_frontpage", "view_frontpage"))
    assert desk.get(PAGE).status_code == 403


def test_what_was_read_before_a_change_is_remembered_for_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patched:

        def read_before() -> SiteSettings:
            SiteSettings.forget()  # Somebody else's change has just been heard of.
            return SiteSettings(name="옛 이름")

        patched.setattr(SiteSettings, "stored", read_before)
        assert site.name() == "옛 이름"
    assert site.name() == "필담"
