"""What is kept about readers of the newsletter, and how it goes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Letter, Mailing, Subscriber, Subscription
from comments.models import Comment
from comments.privacy.erasure import erase_guest, erase_traces
from comments.privacy.export import export_of_guest
from tests.articles.newsletter.builders import (
    BOB,
    make_news,
    make_newsletter,
    make_subscriber,
    make_subscription,
    work,
)
from tests.builders import make_user

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


def test_what_is_over_is_forgotten_and_what_runs_stays():
    make_newsletter()
    long_ago = timezone.now() - timedelta(days=31)
    kept = make_subscription()
    make_subscription(
        make_subscriber("asked@pildam.example", confirmed_at=None, created_at=long_ago),
        confirmed_at=None,
        created_at=long_ago,
    )
    make_subscriber("left@pildam.example", left_at=long_ago)
    make_subscriber("leaving@pildam.example", left_at=timezone.now())
    make_news()
    work()
    Letter.objects.update(created_at=long_ago)
    call_command("purge_comment_data", verbosity=0)
    assert list(Subscription.objects.all()) == [kept]
    addresses = set(Subscriber.objects.values_list("address", flat=True))
    assert addresses == {BOB, "leaving@pildam.example"}
    assert not Letter.objects.exists()
    assert Mailing.objects.get().sent_count == 1


def test_erasing_takes_the_mailbox_along():
    make_subscription(make_subscriber("guest@pildam.example"))
    assert export_of_guest("Guest@pildam.example")["newsletter"][0]["of"] == "모든 새 글"
    erase_guest("Guest@pildam.example", Comment.objects.none())
    account = make_user("reader@pildam.example")
    make_subscription(make_subscriber("reader@pildam.example"))
    erase_traces(account)
    assert not Subscriber.objects.exists()
