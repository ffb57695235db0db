"""D3: what somebody erases is gone from every table, the queue of mails and the caches."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.cache import caches
from django.test import Client

from accounts.models import User
from comments.mail import digests, notices
from comments.models import Comment, OutgoingMail, Recipient
from comments.privacy.tokens import issue_guest_key
from tests.builders import make_article, make_user
from tests.comments.builders import discussion_url, post_comment, sent_mail
from tests.comments.mail.builders import make_follow, make_recipient

pytestmark = [pytest.mark.django_db, pytest.mark.promise("D3")]

NAME, TEXT, ADDRESS = "캐너리", "지워질 글입니다", "erased@canary.example"
PASSWORD = "correct horse battery"


@pytest.fixture
def article():
    article = make_article()
    make_follow(article, make_recipient())
    return article


def stored() -> Iterator[tuple[str, str]]:
    """Yield all that the database and the caches hold, with where it stands."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values():
            yield model.__name__, str(row)
    for name in ("shared", "process"):
        for value in caches[name]._cache.values():
            yield name, value.decode("utf-8", "replace")


def where_somebody_is_left(*words: str) -> set[str]:
    words = words or (NAME, TEXT, ADDRESS)
    return {place for place, row in stored() if any(word in row for word in words)}


def mail_on_its_way() -> None:
    """Let the follower's mail about the comment wait to be sent."""
    notices.spread()
    assert digests.compose() == 1
    assert OutgoingMail.objects.waiting().exists()


def test_of_an_account_that_leaves_nothing_is_left(client, article):
    alice = make_user(ADDRESS, display_name=NAME)
    client.post("/accounts/login/", {"login": ADDRESS, "password": PASSWORD})
    post_comment(client, article, TEXT, name=None, password=None, follow_article="on")
    assert Comment.objects.get().account == alice
    client.get(discussion_url(article))
    mail_on_its_way()
    assert {"Comment", "User"} <= where_somebody_is_left()
    answer = client.post("/comments/mine/leave/", {"password": PASSWORD, "parting": "erase"})
    assert answer.status_code == 200
    assert not User.objects.filter(pk=alice.pk).exists()
    assert where_somebody_is_left() == set()
    for page in (
        "/",
        article.get_absolute_url(),
        discussion_url(article),
        f"{discussion_url(article)}feed/",
    ):
        assert TEXT not in Client().get(page).content.decode()


def test_who_leaves_comments_behind_is_named_nowhere(client, article):
    client.force_login(make_user(ADDRESS, display_name=NAME))
    post_comment(client, article, TEXT, name=None, password=None, follow_article="on")
    mail_on_its_way()
    client.post("/comments/mine/leave/", {"password": PASSWORD, "parting": "anonymise"})
    assert where_somebody_is_left(NAME, ADDRESS) == set()
    assert TEXT in Client().get(discussion_url(article)).content.decode()


def test_of_a_guest_who_erases_nothing_is_left(client, article):
    post_comment(client, article, TEXT, name=NAME, email=ADDRESS, follow_article="on")
    mail_on_its_way()
    assert {"Comment", "Recipient"} <= where_somebody_is_left()
    sent_mail()
    key = issue_guest_key(Comment.objects.get().pk)
    client.post(f"/comments/mine/guest/{key}/", {"erase": "1", "confirmed": "on"})
    assert where_somebody_is_left() == set()
    assert (
        Recipient.objects.exclude(address="bob@pildam.example").filter(address__gt="").count() == 0
    )
