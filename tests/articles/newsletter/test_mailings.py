"""What is mailed, to whom, and what never is."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Mailing, Status, Subscriber, Subscription
from articles.newsletter import mailings, sending, subscribing
from articles.newsletter.mailings import MailingError, week_before
from tests.articles.newsletter.builders import (
    make_news,
    make_newsletter,
    make_subscriber,
    make_subscription,
    receivers,
    work,
)
from tests.builders import KST, make_article, make_author, make_category, make_series

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def newsletter():
    return make_newsletter()


@pytest.fixture
def last_week():
    """The middle of the week whose letter is due, and its end."""
    end = week_before(timezone.now())
    return end - timedelta(days=3), end


def of_week(end):
    """Return the mailing of the week that ended then, as if it had ended just now."""
    return Mailing.objects.create(week_end=end, due_at=timezone.now() - timedelta(minutes=1))


def test_everybody_who_wants_the_article_gets_one_letter():
    category, author, series = make_category(), make_author(), make_series()
    for name, wish in {
        "all": {},
        "category": {"category": category},
        "series": {"series": series},
        "author": {"author": author},
        "other": {"category": make_category("산업")},
        "weekly": {"frequency": "weekly"},
        "unconfirmed": {"confirmed_at": None},
    }.items():
        make_subscription(make_subscriber(f"{name}@pildam.example"), **wish)
    both = make_subscriber("both@pildam.example")
    make_subscription(both)
    make_subscription(both, author=author)
    make_news(category=category, series=series, episode=1, authors=[author])
    assert receivers(work()) == ["all", "author", "both", "category", "series"]
    assert work() == [], "an article is mailed once"


def test_imported_and_old_articles_are_not_mailed(newsletter):
    make_subscription()
    make_article("가져온 글", published_at=timezone.now() - timedelta(minutes=5))
    make_news("시작하기 전의 글", at=newsletter.began_at - timedelta(minutes=1))
    make_news("며칠 지난 글", at=timezone.now() - timedelta(days=4))
    assert work() == []
    assert not Mailing.objects.exists()


def test_a_scheduled_article_is_mailed_when_its_moment_comes():
    make_subscription()
    article = make_news(at=timezone.now() + timedelta(hours=1))
    assert work() == []
    Article.objects.filter(pk=article.pk).update(published_at=timezone.now())
    mailings.prepare()
    assert work() == [], "not before the time for second thoughts is over"
    Article.objects.update(published_at=timezone.now() - mailings.HOLD)
    assert len(work()) == 1


def test_what_an_editor_left_out_is_in_no_letter(last_week):
    middle, end = last_week
    make_subscription()
    make_subscription(make_subscriber("weekly@pildam.example"), "weekly")
    article = make_news(at=middle)
    Mailing.objects.create(article=article, state="skipped")
    of_week(end)
    assert work() == []


def test_a_withdrawn_article_stops_on_its_way_and_goes_on_once_it_is_back():
    for number in range(4):
        make_subscription(make_subscriber(f"reader{number}@pildam.example"))
    article = make_news()
    assert len(work(limit=2)) == 2
    article.withdraw()
    assert work() == []
    mailing = Mailing.objects.get()
    assert mailing.state == "stopped"
    with pytest.raises(MailingError):
        mailings.start(mailing)
    Article.objects.update(status=Status.PUBLISHED)
    mailings.start(mailing)
    assert receivers(work()) == ["reader2", "reader3"]
    mailing.refresh_from_db()
    assert (mailing.state, mailing.sent_count) == ("done", 4)


@pytest.mark.promise("P2")
def test_an_article_withdrawn_before_its_letter_leaves_is_not_mailed():
    make_subscription()
    article = make_news()
    mailings.prepare()
    article.withdraw()
    assert work() == []


def test_editors_stop_a_mailing_and_mail_an_old_article_after_all():
    make_subscription()
    mailing = mailings.mailing_of(make_article("옛글"))
    assert mailing.state == "skipped"
    assert work() == []
    with pytest.raises(MailingError):
        mailings.plan_again(mailing)
    mailings.start(mailing)
    mailing.refresh_from_db()
    mailings.skip(mailing)
    assert work() == []
    mailing.refresh_from_db()
    mailings.start(mailing)
    assert len(work()) == 1
    with pytest.raises(MailingError):
        mailings.start(mailing)


def test_a_paused_newsletter_still_asks_and_sends_no_articles(newsletter):
    make_subscription()
    subscribing.subscribe("new@pildam.example", [], "each")
    Subscription.objects.create(
        subscriber=Subscriber.objects.get(address="new@pildam.example"), frequency="each"
    )
    make_news()
    mailings.start(mailings.mailing_of(Article.objects.get()))
    make_newsletter(is_paused=True)
    assert receivers(work()) == ["new"]
    make_newsletter(is_paused=False)
    assert receivers(work()) == ["bob"]


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (datetime(2026, 11, 23, 7, 59, tzinfo=KST), datetime(2026, 11, 16, 8, tzinfo=KST)),
        (datetime(2026, 11, 23, 8, tzinfo=KST), datetime(2026, 11, 23, 8, tzinfo=KST)),
        (datetime(2026, 11, 29, 23, 59, tzinfo=KST), datetime(2026, 11, 23, 8, tzinfo=KST)),
    ],
)
def test_weeks_end_on_mondays_at_eight_in_korea(now, end):
    assert week_before(now) == end


def test_the_letter_of_a_week_has_what_each_reader_wants_and_does_not_know(last_week):
    middle, end = last_week
    category = make_category()
    make_subscription(make_subscriber("all@pildam.example"), "weekly")
    some = make_subscriber("some@pildam.example")
    make_subscription(some, "weekly", category=category)
    both = make_subscriber("both@pildam.example")
    make_subscription(both, "weekly")
    make_subscription(both, category=category)
    make_subscription(make_subscriber("none@pildam.example"), "weekly", author=make_author())
    known = make_news("기술의 글", at=middle, category=category)
    make_news("다른 글", at=middle)
    make_news("이번 주의 글", at=end + timedelta(seconds=1))
    Mailing.objects.create(article=known, state="sending")
    of_week(end)
    titles = {
        message.to[0].partition("@")[0]: [
            title for title in ("기술의 글", "다른 글", "이번 주의 글") if title in message.body
        ]
        for message in work()
        if "이 주의 글" in message.subject
    }
    assert titles == {"all": ["기술의 글", "다른 글"], "some": ["기술의 글"], "both": ["다른 글"]}


def test_a_week_without_articles_sends_nothing(last_week):
    make_subscription(frequency="weekly")
    of_week(last_week[1])
    assert work() == []
    assert sending.send_due(10).sent == 0
