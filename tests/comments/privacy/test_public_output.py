"""No public page, feed or answer holds an address, an e-mail or a hash of one."""

import re

import pytest

from comments.models import Status
from tests.builders import make_article, make_author, make_category, make_user
from tests.comments.builders import blind, make_comment, make_takedown, post_comment

pytestmark = pytest.mark.django_db

CANARIES = re.compile(
    r"canary|203\.0\.113|198\.51\.100|nethash|browserhash|홍길동|argon2|md5\$|pbkdf2"
)
STARTS = (
    "/",
    "/articles/",
    "/archive/",
    "/privacy/",
    "/feed/",
    "/feed/atom/",
    "/feed.json",
    "/sitemap.xml",
    "/sitemap-news.xml",
    "/robots.txt",
    "/comments/mine/",
    "/comments/mine/guest/",
)
HIDDEN = {"network_hash": "nethash", "network_prefix": "203.0.113.0/24"}


@pytest.fixture
def ticket():
    """A site on which everything that must stay secret is a canary."""
    alice = make_user("alice@canary.example")
    article = make_article(authors=[make_author("앨리스", user=alice)], category=make_category())
    guest = {"email": "guest@canary.example", "browser_hash": "browserhash", **HIDDEN}
    root = make_comment(article, "손님의 글", **guest)
    make_comment(article, "계정의 답글", account=alice, parent=root, **HIDDEN)
    for status in (Status.HELD, Status.HIDDEN, Status.TRASHED, Status.DELETED):
        hidden = make_comment(article, status=status, **guest)
        make_comment(article, "그 아래 답글", parent=hidden, **guest)
    blinded = make_takedown(make_comment(article, **guest), email="hong@canary.example")
    return blind(blinded, make_user("bob@canary.example", display_name="밥", is_staff=True)).ticket


def links_in(text):
    return {
        found.replace("&amp;", "&")
        for found in re.findall(
            r'(?:href|loc|link|url)"?\s*[=>:]\s*"?(?:http://127.0.0.1:8000)?(/[^"<\s#]*)', text
        )
        if not found.startswith(("/admin", "/static", "/media", "//"))
    }


def walk(client, starts):
    """Yield every page that is linked, with its text and headers as one string."""
    seen, todo = set(), list(starts)
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path, REMOTE_ADDR="198.51.100.7")
        text = response.content.decode()
        yield path, text + str(response.headers)
        todo += links_in(text + response.headers.get("Location", "").join((' href="', '"')))


@pytest.mark.any_engine
def test_no_public_page_holds_an_address_or_an_email(client, ticket):
    pages = dict(walk(client, [*STARTS, f"/takedowns/{ticket}/"]))
    caught = {path: CANARIES.findall(text) for path, text in pages.items() if CANARIES.search(text)}
    assert caught == {}
    kinds = ("/takedown/", "/report/", "/vote/", "/block/", "/edit/", "/delete/", "comments/feed/")
    assert all(any(kind in path for path in pages) for kind in kinds)


def test_no_answer_to_a_script_holds_one(client):
    article = make_article()
    answers = [
        post_comment(
            client,
            article,
            email="guest@canary.example",
            headers={"X-Pildam": "fragment"},
        ),
        client.get(f"/articles/{article.slug}/comments/new/?after=0"),
    ]
    assert not any(CANARIES.search(answer.content.decode()) for answer in answers)


def test_the_policy_says_what_the_settings_say(client, settings):
    settings.AKISMET_KEY = ""
    response = client.get("/privacy/")
    assert "s-maxage=60" in response["Cache-Control"]
    assert not response.cookies
    html = response.content.decode()
    assert "90일 뒤" in html
    assert "Akismet" not in html
    settings.AKISMET_KEY = "key"
    assert "Akismet" in client.get("/privacy/").content.decode()
