import pytest

from comments.models import CommentSettings, DiscussionSettings, Policy
from tests.articles.desk import change_url, discussion, form_of, make_editor, make_staff, signed_in
from tests.builders import make_article
from tests.comments.admin.desk import moderators_desk
from tests.comments.builders import make_comments

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

SETTINGS = "/admin/comments/commentsettings/"


@pytest.fixture
def desk():
    return signed_in(make_editor())


def settings_form(**changes):
    return {
        "writing_enabled": "on",
        "mode": "",
        "default_sort": "newest",
        "close_after_days": "",
        "report_threshold": 5,
        "address_retention_days": 90,
        "digest_address": "",
    } | changes


def test_the_settings_open_on_their_form_and_store_nothing_by_that(desk):
    response = desk.get(SETTINGS, follow=True)
    assert response.redirect_chain[-1][0] == f"{SETTINGS}1/change/"
    assert not CommentSettings.objects.exists()


def test_saving_the_settings_changes_the_site(desk):
    desk.post(f"{SETTINGS}1/change/", settings_form(mode="pre", report_threshold=3))
    current = CommentSettings.current()
    assert (current.mode, current.report_threshold) == ("pre", 3)
    desk.post(f"{SETTINGS}1/change/", settings_form(writing_enabled=""))
    assert not CommentSettings.current().writing_enabled


def test_there_is_one_settings_row_and_it_stays(desk):
    CommentSettings.objects.create(pk=1)
    assert desk.get(f"{SETTINGS}add/").status_code == 403
    assert desk.post(f"{SETTINGS}1/delete/", {"post": "yes"}).status_code == 403
    assert desk.get(f"{SETTINGS}2/change/").status_code == 302


def test_settings_ask_for_permission():
    assert moderators_desk("view_comment").get(f"{SETTINGS}1/change/").status_code == 403


def test_an_article_keeps_its_own_choices(desk):
    article = make_article()
    desk.post(change_url(article), form_of(article) | discussion(mode="pre", close_after_days=7))
    policy = Policy.of(article)
    assert (policy.mode, policy.close_after_days) == ("pre", 7)


def test_an_article_without_choices_has_no_row(desk):
    article = make_article()
    desk.post(change_url(article), form_of(article))
    assert not DiscussionSettings.objects.exists()


def test_taking_the_last_choice_away_takes_the_row_away(desk):
    article = make_article()
    DiscussionSettings.objects.create(article=article, mode="pre")
    response = desk.post(
        change_url(article), form_of(article) | discussion(kept=1, article=article)
    )
    assert response.status_code == 302
    assert not DiscussionSettings.objects.exists()


def test_choices_can_be_changed(desk):
    article = make_article()
    DiscussionSettings.objects.create(article=article, mode="pre")
    form = form_of(article) | discussion(kept=1, article=article, default_sort="likes")
    desk.post(change_url(article), form)
    found = DiscussionSettings.objects.get()
    assert (found.mode, found.default_sort) == ("", "likes")


def test_editors_without_a_say_in_discussions_do_not_see_the_choices():
    desk = signed_in(make_staff("view_article", "change_article"))
    html = desk.get(change_url(make_article())).content.decode()
    assert "discussion_settings" not in html


def test_the_first_page_counts_what_waits_for_moderators():
    article = make_article()
    make_comments(article, 2, status="held")
    make_comments(article, 1, report_count=1)
    desk = moderators_desk("view_comment")
    numbers = {n["title"]: n["count"] for n in desk.get("/admin/").context["numbers"]}
    assert numbers == {"댓글 대기": "2", "댓글 신고": "1"}


def test_the_first_page_says_nothing_of_comments_to_others():
    html = signed_in(make_staff("view_article")).get("/admin/").content.decode()
    assert "댓글 대기" not in html
