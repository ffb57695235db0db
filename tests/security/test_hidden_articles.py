"""P2: what is no longer, or not yet, to be read is nowhere that a reader or a machine can look."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import share_cards
from articles.models import Article, Status
from comments.mail import digests, notices
from comments.models import Comment, Notice, OutgoingMail
from tests.builders import FAR_FUTURE, PUBLISHED_AT, make_article
from tests.comments.builders import make_comment
from tests.comments.mail.builders import make_announced, make_follow, make_recipient
from tests.security.addresses import Samples, all_routes

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db, pytest.mark.promise("P2")]

# A word that stands in titles, texts, comments and addresses of hidden articles alone.
CANARY = "카나리아"
STATES = {
    "draft": {"status": Status.DRAFT, "published_at": None},
    "submitted": {"status": Status.IN_REVIEW, "published_at": None},
    "scheduled": {"status": Status.PUBLISHED, "published_at": FAR_FUTURE},
    "expired": {
        "status": Status.PUBLISHED,
        "published_at": PUBLISHED_AT,
        "expires_at": PUBLISHED_AT + timedelta(days=1),
    },
    "withdrawn": {"status": Status.WITHDRAWN, "published_at": PUBLISHED_AT},
}
# Words that a reader could look for it by: written out, its beginning, its initials, mistyped.
QUESTIONS = (CANARY, "카나리", "ㅋㄴㄹㅇ", "카나리어", "zksrkfldk")


@pytest.fixture
def samples() -> Samples:
    return Samples()


@pytest.fixture
def hidden(samples: Samples) -> list[Article]:
    """Return an article of each state, beside a visible one in category, tag, series and byline."""
    beside = Article.objects.get(slug=samples.slugs["articles"])
    return [
        make_article(
            f"{CANARY} {state}",
            dek=f"{CANARY}의 부제",
            body=f"{CANARY} {state}에 대하여.",
            category=beside.category,
            series=beside.series,
            episode=number,
            authors=list(beside.authors.all()),
            tags=["본보기"],
            **fields,
        )
        for number, (state, fields) in enumerate(STATES.items(), start=2)
    ]


def text_of(response) -> str:
    is_text = not response.get("Content-Type", "").startswith("image/")
    return response.content.decode() if is_text and not response.streaming else ""


def test_no_public_page_feed_sitemap_or_list_names_them(client, samples, hidden):
    for article in hidden:
        make_comment(article, f"{CANARY} 댓글")
    routes = [route for route in all_routes() if not route.startswith("/admin/")]
    for route in routes:
        response = client.get(samples.address(route))
        cache.clear()
        assert CANARY not in text_of(response), route
        assert CANARY not in response.get("Location", ""), route


def test_no_search_finds_or_suggests_them(client, hidden):
    for question in QUESTIONS:
        for page in ("/search/", "/search/suggest/"):
            response = client.get(page, {"q": question})
            said = text_of(response).replace(question, "")
            assert "draft" not in said
            assert not any(state in said for state in STATES), (page, question)


def test_whatever_is_below_their_addresses_is_not_there(client, hidden):
    for article in hidden:
        comment = make_comment(article, f"{CANARY} 댓글")
        address = article.get_absolute_url()
        own = [
            address,
            *(f"{address}comments/{below}" for below in ("", "new/", "feed/", "follow/")),
        ]
        deeds = ("", "edit/", "delete/", "vote/", "report/", "block/", "takedown/")
        below = [f"/comments/{comment.pk}/{deed}" for deed in deeds]
        card = share_cards.card_of(article)
        pictures = [reverse("articles:share_card", args=["articles", article.pk, card.digest])]
        for path in (*own, *below, *pictures):
            response = client.get(path)
            assert response.status_code in {404, 410}, path
            assert "댓글</p>" not in text_of(response), path
            assert Client().post(path).status_code in {404, 405}, path


def test_nobody_is_written_to_about_them(hidden):
    recipient = make_recipient()
    for article in hidden:
        Article.objects.filter(pk=article.pk).update(
            status=Status.PUBLISHED, published_at=PUBLISHED_AT, expires_at=None
        )
        make_follow(article, recipient)
        make_announced(article, f"{CANARY} 댓글")
        state = STATES[article.title.split()[1]]
        Article.objects.filter(pk=article.pk).update(**state)
    assert notices.spread() == len(hidden)
    assert digests.compose() == 0
    assert Notice.objects.count() == len(hidden)
    assert not OutgoingMail.objects.filter(recipient=recipient).exists()


def test_an_article_that_ends_takes_its_comments_along_to_the_second(client):
    now = timezone.now()
    article = make_article(expires_at=now + timedelta(hours=1))
    comment = make_comment(article)
    assert client.get(f"/comments/{comment.pk}/").status_code in {301, 302}
    Article.objects.filter(pk=article.pk).update(expires_at=now)
    assert client.get(f"/comments/{comment.pk}/").status_code == 404
    assert Comment.objects.filter(pk=comment.pk).exists()
