from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import SiteSettings
from comments import bans
from comments.admin import histories, requests
from comments.admin.queues import QUEUES, capped_count
from comments.models import Comment, ModeratorNote, Status
from comments.transitions import Actor
from tests.builders import make_article, make_user
from tests.comments.admin.desk import moderators_desk, queue_url, report_by
from tests.comments.builders import WRITTEN_AT, make_comment, make_comments, make_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def desk():
    return moderators_desk()


def html_of(desk, name, query=""):
    return desk.get(queue_url(name) + query).content.decode()


def cards_of(desk, name, query=""):
    return [card.comment for card in desk.get(queue_url(name) + query).context["cards"]]


def test_the_list_of_comments_is_the_queue_of_what_waits(desk):
    response = desk.get("/admin/comments/comment/")
    assert response["Location"] == queue_url("held")


def test_each_queue_shows_its_own(desk, article):
    for status in (Status.HELD, Status.SPAM, Status.HIDDEN, Status.TRASHED):
        make_comment(article, status=status)
    make_comment(article, recommended_at=timezone.now())
    shown = {queue.name: [c.status for c in cards_of(desk, queue.name)] for queue in QUEUES}
    assert shown.pop("all") == ["visible", "trashed", "hidden", "spam", "held"]
    assert shown == {
        "held": ["held"],
        "reported": [],
        "spam": ["spam"],
        "recent": ["visible"],
        "recommended": ["visible"],
        "hidden": ["hidden"],
        "trash": ["trashed"],
    }


def test_who_waits_longest_comes_first(desk, article):
    comments = make_comments(article, 3, status=Status.HELD)
    assert cards_of(desk, "held") == comments


def test_what_was_reported_most_comes_first(desk, article):
    quiet, loud = make_comments(article, 2)
    report_by(quiet, "spam")
    report_by(loud, "spam", "abuse")
    assert cards_of(desk, "reported") == [loud, quiet]


@pytest.mark.parametrize("name", ["held", "reported", "recommended"])
def test_pages_follow_one_another_without_a_gap(desk, article, name):
    fields = {
        "held": {"status": Status.HELD},
        "reported": {"report_count": 2},
        "recommended": {"recommended_at": timezone.now()},
    }[name]
    comments = make_comments(article, 53, **fields)
    first = desk.get(queue_url(name)).context
    rest = cards_of(desk, name, f"?after={first['page'].next_cursor}")
    assert len(first["cards"]) == 50
    found = {card.comment.pk for card in first["cards"]} | {comment.pk for comment in rest}
    assert found == {comment.pk for comment in comments}


def test_a_cursor_that_nobody_gave_leads_to_the_beginning(desk):
    assert desk.get(queue_url("held") + "?after=nonsense")["Location"] == queue_url("held")


@pytest.mark.any_engine
def test_a_queue_that_is_not_is_404(desk):
    assert desk.get(queue_url("nothing")).status_code == 404


def test_tabs_count_what_is_in_each_queue(desk, article):
    make_comments(article, 3, status=Status.HELD)
    tabs = {tab.queue.name: tab.count for tab in desk.get(queue_url("spam")).context["tabs"]}
    assert (tabs["held"], tabs["spam"], tabs["all"]) == ("3", "0", "")


def test_counting_stops_where_it_no_longer_matters(article):
    make_many(article, 1_001)
    assert capped_count(Comment.objects.all()) == "1,000+"


def test_a_queue_can_be_searched_by_name_and_text(desk, article):
    one = make_comment(article, "찾는 글", status=Status.HELD)
    other = make_comment(article, "다른 글", name="찾는이", status=Status.HELD)
    make_comment(article, "다른 글", status=Status.HELD)
    assert cards_of(desk, "held", "?q=찾는") == [one, other]


def test_words_are_looked_for_in_the_beginning_of_a_queue_or_in_all_of_an_article(
    desk, article, monkeypatch
):
    monkeypatch.setattr(requests, "LOOKED_THROUGH", 2)
    old, *_ = make_comments(article, 3, name="찾는이")
    query = "?q=찾는"
    assert old not in cards_of(desk, "recent", query)
    assert "2개, 앞의 댓글 2개 안에서" in html_of(desk, "recent", query)
    assert old in cards_of(desk, "recent", f"{query}&article={article.pk}")


def test_a_queue_can_be_narrowed_to_an_article(desk, article):
    make_comment(make_article("다른 글"))
    comment = make_comment(article)
    assert cards_of(desk, "recent", f"?article={article.pk}") == [comment]


def test_a_queue_can_be_narrowed_to_a_writer(desk, article):
    make_comment(article, browser_hash="a" * 32)
    comments = make_comments(article, 2, browser_hash="b" * 32)
    assert cards_of(desk, "all", f"?writer_of={comments[0].pk}") == comments[::-1]


@pytest.mark.parametrize(
    "query",
    ["?article=0", "?article=x", "?article=99999999999999999999", "?writer_of=-1"],
)
def test_conditions_that_mean_nothing_narrow_nothing(desk, article, query):
    comment = make_comment(article)
    assert cards_of(desk, "recent", query) == [comment]


@pytest.mark.any_engine
def test_a_card_shows_article_answered_text_and_reasons(desk, article):
    parent = make_comment(article, "먼저 한 말")
    reasons = [{"code": "word_body", "score": 70, "detail": "낱말에 걸렸습니다.", "found": "바보"}]
    make_comment(article, "이 바보야", parent=parent, status=Status.HELD, reasons=reasons, score=70)
    html = html_of(desk, "held")
    for text in (article.title, article.get_absolute_url(), "먼저 한 말", "낱말에 걸렸습니다."):
        assert text in html
    assert "이 <mark>바보</mark>야" in html


def test_a_card_shows_reports_by_reason_with_their_notes(desk, article):
    comment = make_comment(article)
    report_by(comment, "abuse", "spam", "abuse", note="보기 괴롭습니다")
    [card] = desk.get(queue_url("reported")).context["cards"]
    assert [(report.label, report.count) for report in card.reports] == [
        ("욕설·혐오", 2),
        ("스팸·도배", 1),
    ]
    assert "보기 괴롭습니다" in html_of(desk, "reported")


def test_a_card_shows_the_history_of_the_same_browser(desk, article):
    browser = {"browser_hash": "a" * 32, "network_hash": "n" * 32}
    make_comment(article, created_at=timezone.now() - timedelta(days=1), **browser)
    make_comment(article, status=Status.HIDDEN, **browser)
    make_comment(article, "남의 글", browser_hash="b" * 32, network_hash="n" * 32)
    make_comment(article, status=Status.HELD, network_prefix="203.0.113.0/24", **browser)
    [card] = desk.get(queue_url("held")).context["cards"]
    history = card.history
    assert (history.total, history.approved, history.removed, history.recent) == (3, 1, 1, 1)
    assert (card.known_by, card.neighbours) == ("같은 브라우저", 1)
    assert "203.0.113.0/24" in html_of(desk, "held")


def test_a_first_comment_is_named_so(desk, article):
    make_comment(article, status=Status.HELD, account=make_user())
    [card] = desk.get(queue_url("held")).context["cards"]
    assert (card.history.trust, card.known_by) == ("첫 댓글", "계정")


def test_trust_grows_with_what_was_shown_and_shrinks_with_what_was_taken_down(desk, article):
    make_comments(article, 10, name="오랜 벗")
    make_comment(article, name="오랜 벗", status=Status.HELD)
    for _ in range(2):
        make_comment(article, name="싸움꾼", status=Status.HIDDEN)
    make_comment(article, name="싸움꾼", status=Status.HELD)
    cards = desk.get(queue_url("held")).context["cards"]
    trust = {card.comment.name: card.history.trust for card in cards}
    assert trust == {"오랜 벗": "믿을 만함", "싸움꾼": "내려진 적이 많음"}


@pytest.mark.any_engine
def test_of_a_long_history_only_the_newest_is_counted(desk, article, monkeypatch):
    monkeypatch.setattr(histories, "HISTORY", 2)
    monkeypatch.setattr(histories, "_newest", histories._ByAuthor(histories._newest_of))
    oldest = WRITTEN_AT - timedelta(days=9)
    make_comment(article, name="수다쟁이", status=Status.HIDDEN, created_at=oldest)
    make_comment(article, name="수다쟁이")
    make_comment(article, name="수다쟁이", status=Status.HELD)
    html = html_of(desk, "held")
    [card] = desk.get(queue_url("held")).context["cards"]
    history = card.history
    assert (history.total, history.approved, history.removed) == (2, 1, 0)
    assert history.first_seen == oldest
    assert "이름 기준, 최근 2개" in html


@pytest.mark.any_engine
def test_a_card_shows_notes_about_the_writer_and_a_ban(desk, article):
    browser = {"browser_hash": "a" * 32, "network_hash": "n" * 32}
    past = make_comment(article, **browser)
    ModeratorNote.objects.create(comment=past, author_key=past.author_key, text="지켜봅시다")
    bans.ban(past, bans.Target.NETWORK, bans.Duration.DAY, actor=Actor("밥"), reason="도배")
    make_comment(article, status=Status.HELD, **browser)
    html = html_of(desk, "held")
    assert "지켜봅시다" in html
    assert "쓰기 제한 중" in html


def test_a_queue_takes_the_same_queries_whatever_its_length(
    desk, article, django_assert_num_queries
):
    def fill(count):
        for number in range(count):
            comment = make_comment(
                article,
                account=make_user(f"u{Comment.objects.count()}@pildam.example"),
                network_hash=f"{number:032}",
            )
            guest = make_comment(article, parent=comment, name=f"손님 {number}")
            make_comment(article, parent=guest, browser_hash=f"{number:032}")
            report_by(guest, "abuse")

    fill(2)
    SiteSettings.current()  # as a page a moment ago has left it
    with django_assert_num_queries(17) as few:
        desk.get(queue_url("all"))
    fill(14)
    with django_assert_num_queries(len(few)):
        desk.get(queue_url("all"))


@pytest.mark.any_engine
@pytest.mark.parametrize("name", [queue.name for queue in QUEUES])
def test_who_may_not_see_comments_sees_no_queue(name):
    assert moderators_desk("view_article").get(queue_url(name)).status_code == 403


@pytest.mark.any_engine
def test_who_may_only_look_is_offered_no_buttons(article):
    make_comment(article, status=Status.HELD)
    html = html_of(moderators_desk("view_comment"), "held")
    assert 'name="one"' not in html
    assert 'name="many"' not in html


@pytest.mark.any_engine
def test_what_is_settled_elsewhere_is_offered_no_buttons(desk, article):
    make_comment(article, status=Status.BLINDED)
    make_comment(article, status=Status.DELETED)
    assert 'name="one"' not in html_of(desk, "all")
