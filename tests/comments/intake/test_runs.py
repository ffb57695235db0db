"""Importing comments from other systems."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from comments.intake import runs
from comments.models import Announcement, Comment, Status
from comments.notifications import announce
from comments.transitions import RULES, change_status
from tests.builders import make_article, make_author, make_user
from tests.comments.builders import discussion_url
from tests.comments.importing.exports import (
    disqus,
    disqus_post,
    disqus_thread,
    wxr,
    wxr_comment,
    wxr_post,
)
from tests.comments.intake.imports import counts, errors, imported, run_import, warnings

pytestmark = pytest.mark.django_db

THREAD = [
    wxr_comment(3, "셋째", parent=2),
    wxr_comment(2, "둘째", parent=1),
    wxr_comment(1, "첫째"),
    wxr_comment(4, "기다림", comment_approved=0),
]


@pytest.fixture
def article():
    return make_article(slug="붓")


def test_comments_of_a_post_stand_under_its_article(article, tmp_path, client):
    report = run_import(tmp_path, wxr(wxr_post(*THREAD, slug="%eb%b6%93")))
    assert counts(report) == (4, 0, 0, 0)
    assert {item["url"] for item in report["items"]} == {
        comment.get_absolute_url() for comment in Comment.objects.all()
    }
    page = client.get(discussion_url(article)).text
    assert "첫째" in page
    assert "기다림" not in page
    call_command("recount_comments", "--check")
    article.refresh_from_db()
    assert article.comment_count == 3


def test_a_deep_thread_is_flattened_and_says_whom_it_answers(article, tmp_path):
    run_import(tmp_path, wxr(wxr_post(*THREAD)))
    first, second, third = (imported(number) for number in (1, 2, 3))
    assert (first.root, first.reply_count) == (None, 2)
    assert (second.root, second.in_reply_to, second.answers_a_reply) == (first, first, False)
    assert (third.root, third.in_reply_to, third.answers_a_reply) == (first, second, True)


def test_orphans_and_circles_open_threads_and_are_told(article, tmp_path):
    pairs = ((1, 9), (2, 3), (3, 2), (4, 4))
    comments = (wxr_comment(number, parent=parent) for number, parent in pairs)
    report = run_import(tmp_path, wxr(wxr_post(*comments)))
    assert counts(report)[0] == 4
    assert Comment.objects.roots().count() == 3
    assert len(warnings(report)) == 3
    assert "wordpress:blog.example:9" in warnings(report)[0]


def test_the_report_has_the_promised_shape(article, tmp_path):
    report = run_import(tmp_path, wxr(wxr_post(wxr_comment(1, parent=9))))
    (item,) = report.pop("items")
    assert item.pop("source").startswith(str(tmp_path / "export:"))
    assert item == {
        "action": "created",
        "url": imported(1).get_absolute_url(),
        "warnings": warnings({"items": [item]}),
        "error": None,
    }
    assert report == {"created": 1, "updated": 0, "unchanged": 0, "failed": 0, "left_out": {}}


def test_the_exit_status_tells_of_failures(article, tmp_path):
    file = tmp_path / "export.xml"
    file.write_text(wxr(wxr_post(*THREAD)), encoding="utf-8")
    call_command("import_comments", str(file))
    file.write_text("keine Kommentare", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("import_comments", str(file))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_comments", str(tmp_path))


def test_a_second_run_changes_nothing_that_was_decided_since(article, tmp_path):
    text = wxr(wxr_post(*THREAD))
    run_import(tmp_path, text)
    Comment.objects.filter(pk=imported(4).pk).update(status=Status.VISIBLE)
    before = list(Comment.objects.order_by("pk").values())
    assert counts(run_import(tmp_path, text)) == (0, 0, 4, 0)
    assert list(Comment.objects.order_by("pk").values()) == before


def test_a_later_export_adds_what_is_new_and_answers_what_is_here(article, tmp_path):
    run_import(tmp_path, wxr(wxr_post(*THREAD)))
    report = run_import(tmp_path, wxr(wxr_post(wxr_comment(5, parent=3))))
    assert counts(report) == (1, 0, 0, 0)
    assert imported(5).in_reply_to == imported(3)
    assert imported(5).root == imported(1)
    call_command("recount_comments", "--check")


def test_a_dry_run_tells_the_same_and_writes_nothing(article, tmp_path):
    text = wxr(wxr_post(*THREAD, wxr_comment(5, parent=99)))
    dry = run_import(tmp_path, text, "--dry-run")
    assert not Comment.objects.exists()
    wet = run_import(tmp_path, text)
    assert (counts(dry), warnings(dry)) == (counts(wet), warnings(wet))


def test_comments_of_unknown_articles_are_told_once_and_the_rest_is_stored(article, tmp_path):
    lost = wxr_post(wxr_comment(8), wxr_comment(9), slug="사라진-글")
    report = run_import(tmp_path, wxr(lost, wxr_post(*THREAD)))
    assert counts(report) == (4, 0, 0, 1)
    assert "its comments (2)" in errors(report)[0]
    assert report["left_out"] == {"comments of unknown articles": 2}


def test_pingbacks_are_counted(article, tmp_path):
    comments = (wxr_comment(1), wxr_comment(2, comment_type="pingback"))
    report = run_import(tmp_path, wxr(wxr_post(*comments)))
    assert report["left_out"] == {"pingbacks": 1}


def test_of_a_comment_twice_in_the_file_the_first_is_stored(article, tmp_path):
    comments = (wxr_comment(1, "처음"), wxr_comment(1, "다시"))
    report = run_import(tmp_path, wxr(wxr_post(*comments)))
    assert imported(1).body == "처음"
    assert report["left_out"] == {"comments that stand in the file twice": 1}


def test_a_broken_file_stores_nothing_and_tells_the_line(article, tmp_path):
    report = run_import(tmp_path, wxr(wxr_post(*THREAD), "<item></wrong>"))
    assert not Comment.objects.exists()
    assert counts(report) == (0, 0, 0, 1)
    assert report["items"][0]["source"].rpartition(":")[2].isdigit()


def test_a_document_type_is_refused(article, tmp_path):
    text = wxr(wxr_post(*THREAD)).replace("<rss", "<!DOCTYPE lolz><rss", 1)
    assert "lolz" in errors(run_import(tmp_path, text))[0]


def test_nobody_is_told_of_what_was_imported_even_if_it_is_hidden_and_shown_again(
    article, tmp_path
):
    run_import(tmp_path, wxr(wxr_post(*THREAD)))
    shown = Comment.objects.filter(pk=imported(1).pk)
    for status in (Status.HIDDEN, Status.VISIBLE):
        change_status(shown, status, actor=RULES)
    assert Announcement.objects.count() == 3
    assert not Announcement.objects.filter(spread_at=None).exists()


def test_what_waits_can_still_be_told_of_when_it_is_approved(article, tmp_path):
    run_import(tmp_path, wxr(wxr_post(*THREAD)))
    held = imported(4)
    held.status = Status.VISIBLE
    announce([held])
    assert Announcement.objects.get(spread_at=None).comment == held


def test_an_address_elsewhere_is_no_account_here(article, tmp_path):
    make_user("guest@mail.example", is_staff=True)
    run_import(tmp_path, wxr(wxr_post(wxr_comment())))
    comment = imported(1)
    assert (comment.account, comment.is_guest) == (None, True)
    assert not comment.password_matches("")


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("나그네", "나그네"),
        ("", "이름 없음"),
        ("\u3164\u200b", "이름 없음"),
        ("\u1102\u1161\u1100\u1173\u1102\u1166", "나그네"),
        ("나\u200b그네", "나그네"),
        ("가" * 30, "가" * 20),
        ("편집자", "편집자 (옮김)"),
        ("신 피질", "신 피질 (옮김)"),
    ],
)
def test_every_name_becomes_one_of_ours(article, tmp_path, written, stored):
    make_author("신피질")
    run_import(tmp_path, wxr(wxr_post(wxr_comment(comment_author=written))))
    assert imported(1).name == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [("", "(내용 없음)"), ("<u> </u>", "(내용 없음)"), ("가" * 4001, "가" * 4001)],
)
def test_a_strange_text_is_kept_and_told(article, tmp_path, written, stored):
    report = run_import(tmp_path, wxr(wxr_post(wxr_comment(1, written))))
    assert imported(1).body == stored
    assert len(warnings(report)) == 1


def test_the_address_of_the_writer_is_not_stored(article, tmp_path):
    run_import(tmp_path, wxr(wxr_post(wxr_comment())))
    comment = imported(1)
    assert (comment.network_hash, comment.network_prefix, comment.browser_hash) == ("", "", "")


def test_a_disqus_export_is_imported(article, tmp_path):
    posts = (disqus_post(2, parent=1), disqus_post(1), disqus_post(3, flags=["isDeleted"]))
    report = run_import(tmp_path, disqus(*posts, disqus_thread()))
    assert counts(report) == (3, 0, 0, 0)
    assert Comment.objects.get(import_ref="disqus:pildam:2").root.import_ref == "disqus:pildam:1"
    assert Comment.objects.get(import_ref="disqus:pildam:3").status == Status.DELETED


def test_an_interrupted_run_is_completed_by_the_next(article, tmp_path, monkeypatch):
    second = make_article("둘째 글", slug="둘째")
    text = wxr(wxr_post(*THREAD), wxr_post(wxr_comment(7), slug="둘째"))
    with monkeypatch.context() as interrupted:
        interrupted.setattr(runs, "repair", fail_for(second.pk, runs.repair))
        with pytest.raises(KeyboardInterrupt):
            run_import(tmp_path, text)
    assert Comment.objects.count() == 4
    assert counts(run_import(tmp_path, text)) == (1, 0, 4, 0)
    call_command("recount_comments", "--check")


def fail_for(article_id, repair):
    """Stop the run, as Ctrl-C would, at the end of the article's transaction."""

    def stop(pk):
        if pk == article_id:
            raise KeyboardInterrupt
        return repair(pk)

    return stop


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_store_every_comment_once(tmp_path):
    make_article(slug="붓")
    text = wxr(wxr_post(*(wxr_comment(number) for number in range(1, 60))))
    reports = {}

    def work(name):
        folder = tmp_path / name
        folder.mkdir()
        try:
            reports[name] = run_import(folder, text)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("one", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Comment.objects.count() == 59
    totals = [sum(values) for values in zip(*map(counts, reports.values()), strict=True)]
    assert totals == [59, 0, 59, 0]
    call_command("recount_comments", "--check")


def test_a_large_discussion_takes_few_queries(article, tmp_path, django_assert_max_num_queries):
    comments = "".join(wxr_comment(number, parent=number // 3) for number in range(1, 400))
    with django_assert_max_num_queries(80):
        run_import(tmp_path, wxr(wxr_post(comments)))
    assert Comment.objects.count() == 399
