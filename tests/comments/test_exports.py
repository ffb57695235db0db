"""What is exported can be restored, and exported again as the very same bytes."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from comments.models import (
    Announcement,
    Comment,
    DiscussionSettings,
    Report,
    Status,
    Vote,
)
from tests.builders import make_article, make_user
from tests.comments.builders import PASSWORD, WRITTEN_AT, make_comment
from tests.comments.importing.exports import wxr, wxr_comment, wxr_post
from tests.comments.intake.imports import counts, errors, exported, run_import, warnings

pytestmark = pytest.mark.django_db

LATER = WRITTEN_AT + timedelta(days=1, microseconds=7)


@pytest.fixture
def article():
    return make_article(slug="붓")


@pytest.fixture
def discussion(article):
    """A discussion with everything that a comment can have."""
    alice = make_user("Alice@pildam.example")
    DiscussionSettings.objects.create(article=article, mode="pre", close_after_days=9)
    root = make_comment(
        article,
        '줄\n\n> 인용 "따옴표" 👩‍👩‍👧',
        email="guest@mail.example",
        browser_hash="b" * 32,
        network_hash="c" * 32,
        network_prefix="203.0.113.0/24",
        likes=2,
        dislikes=1,
        net_likes=1,
        recommended_at=LATER,
        reasons=[{"code": "link", "score": 2, "detail": "링크 1개"}],
        score=2,
    )
    reply = make_comment(article, "답", parent=root, account=alice, edited_at=LATER)
    make_comment(article, "답의 답", parent=reply, report_count=1, folded_at=LATER)
    make_comment(article, status=Status.DELETED, parent=reply)
    make_comment(article, "가린 글", status=Status.BLINDED, blinded_until=LATER)
    make_comment(article, "기다림", status=Status.HELD)
    for voter, value in (
        (f"account:{alice.pk}", 1),
        ("browser:" + "d" * 32, 1),
        ("account:999", -1),
    ):
        Vote.objects.create(comment=root, voter=voter, value=value, created_at=LATER)
    Report.objects.create(
        comment=Comment.objects.get(body="답의 답"),
        reporter=f"account:{alice.pk}",
        reason="spam",
        note="광고",
        created_at=LATER,
    )
    return article


def erase_all():
    for model in (Vote, Report, Announcement, DiscussionSettings):
        model.objects.all().delete()
    Comment.objects.filter(in_reply_to__root__isnull=False).delete()
    Comment.objects.filter(root__isnull=False).delete()
    Comment.objects.all().delete()


def test_a_restored_discussion_is_exported_as_the_same_bytes(discussion, tmp_path):
    first = exported(tmp_path)
    erase_all()
    report = run_import(tmp_path, first)
    assert (counts(report), warnings(report)) == ((6, 0, 0, 0), [])
    assert exported(tmp_path) == first
    call_command("recount_comments", "--check")


def test_everything_is_restored(discussion, tmp_path):
    text = exported(tmp_path)
    erase_all()
    run_import(tmp_path, text)
    root = Comment.objects.get(network_prefix="203.0.113.0/24")
    assert root.password_matches(PASSWORD)
    assert (root.likes, root.dislikes, root.net_likes) == (2, 1, 1)
    assert root.ratio_score > 0
    assert root.votes.count() == 3
    reply = Comment.objects.get(body="답")
    assert (reply.account.email, reply.is_guest) == ("Alice@pildam.example", False)
    assert reply.votes.count() == 0
    assert Comment.objects.get(body="답의 답").in_reply_to == reply
    assert Vote.objects.filter(voter=f"account:{reply.account_id}").count() == 1
    assert DiscussionSettings.objects.get().close_after_days == 9
    assert not Announcement.objects.filter(spread_at=None).exists()


def test_a_site_knows_its_own_comments_again(discussion, tmp_path):
    text = exported(tmp_path)
    before = list(Comment.objects.order_by("pk").values())
    assert counts(run_import(tmp_path, text)) == (0, 0, 6, 0)
    assert list(Comment.objects.order_by("pk").values()) == before


def test_a_restored_discussion_is_not_restored_again(discussion, tmp_path):
    text = exported(tmp_path)
    erase_all()
    run_import(tmp_path, text)
    assert counts(run_import(tmp_path, text)) == (0, 0, 6, 0)


def test_a_comment_of_another_site_is_not_taken_for_ours_of_the_same_number(article, tmp_path):
    ours = make_comment(article, "우리 글")
    line = next(line for line in exported(tmp_path).splitlines() if '"comment"' in line)
    theirs = json.loads(line) | {"ref": f"pildam:{ours.pk}@20200101T000000.000000Z"}
    text = exported(tmp_path) + json.dumps(theirs)
    assert counts(run_import(tmp_path, text)) == (1, 0, 1, 0)


def test_the_order_of_the_lines_does_not_matter(discussion, tmp_path):
    first = exported(tmp_path)
    header, *lines = first.splitlines()
    erase_all()
    run_import(tmp_path, "\r\n".join([header, *reversed(lines)]))
    assert exported(tmp_path) == first


def test_comments_from_elsewhere_survive_another_move(article, tmp_path):
    run_import(tmp_path, wxr(wxr_post(wxr_comment(2, parent=1), wxr_comment(1))))
    first = exported(tmp_path)
    erase_all()
    assert counts(run_import(tmp_path, first)) == (2, 0, 0, 0)
    assert exported(tmp_path) == first


def test_without_its_account_a_comment_keeps_its_name_and_a_vote_its_weight(discussion, tmp_path):
    text = exported(tmp_path).replace("Alice@pildam.example", "nobody@pildam.example")
    erase_all()
    report = run_import(tmp_path, text)
    comment = Comment.objects.get(body="답")
    assert (comment.account, comment.is_guest, comment.name) == (None, False, "앨리스")
    assert Vote.objects.count() == 3
    assert "nobody@pildam.example" in warnings(report)[0]


def test_an_account_is_known_whatever_the_case_of_its_address(discussion, tmp_path):
    text = exported(tmp_path).replace("Alice@pildam.example", "ALICE@PILDAM.EXAMPLE")
    erase_all()
    run_import(tmp_path, text)
    assert Comment.objects.get(body="답").account is not None


@pytest.mark.parametrize("password", ["", "plain", "argon2$broken", "md5$", "x" * 128])
def test_a_password_that_cannot_be_read_matches_nothing(article, tmp_path, password):
    comment = make_comment(article)
    Comment.objects.update(password=password or "!")
    text = exported(tmp_path).replace('"password":"!"', '"password":""')
    Comment.objects.all().delete()
    run_import(tmp_path, text)
    comment = Comment.objects.get()
    assert not comment.password_matches("plain")
    assert comment.password.startswith("!")


def test_a_bad_line_is_told_with_its_number_and_costs_no_other(discussion, tmp_path):
    lines = exported(tmp_path).splitlines()
    erase_all()
    report = run_import(tmp_path, "\n".join([*lines[:-1], "{", lines[-1]]))
    assert counts(report) == (6, 0, 0, 1)
    bad = next(item for item in report["items"] if item["action"] == "failed")
    assert bad["source"].endswith(f":{len(lines)}")


def test_a_retired_slug_still_leads_to_its_article(discussion, tmp_path):
    text = exported(tmp_path)
    erase_all()
    discussion.slug = "새-주소"
    discussion.save()
    assert counts(run_import(tmp_path, text))[0] == 6


def test_one_article_can_be_exported_alone(discussion, tmp_path):
    make_comment(make_article("다른 글", slug="다른-글"))
    assert '"다른-글"' not in exported(tmp_path, "--article", "붓")
    with pytest.raises(CommandError):
        exported(tmp_path, "--article", "없는-글")


def test_the_terminal_gets_the_same_as_a_file(discussion, tmp_path, capsys):
    call_command("export_comments", "-")
    assert capsys.readouterr().out == exported(tmp_path)


def test_the_file_is_for_its_owner_alone_and_nothing_else_is_left(discussion, tmp_path):
    exported(tmp_path)
    (file,) = tmp_path.glob("*")
    assert file.stat().st_mode & 0o077 == 0


def test_a_place_that_cannot_be_written_is_told(discussion, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_comments", str(tmp_path / "nowhere" / "comments.ndjson"))


def test_another_version_is_refused(article, tmp_path):
    report = run_import(tmp_path, '{"format":"pildam-comments","version":2}\n')
    assert "version 2" in errors(report)[0]
