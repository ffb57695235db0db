"""Comments in a WordPress export."""

from datetime import UTC, datetime

import pytest

from comments.importing.documents import BadItem, ImportedComment, ImportedThread, LeftOut
from comments.importing.wordpress import read_wordpress
from tests.comments.importing.exports import stream, wxr, wxr_comment, wxr_post


def read(*comments, **post):
    return list(read_wordpress(stream(wxr(wxr_post(*comments, **post)))))


def first(*comments, **post):
    return read(*comments, **post)[0]


def test_a_comment_is_read_with_all_that_we_keep():
    comment, thread = read(wxr_comment(17, "<b>좋은</b> 글\n\n고맙습니다.", parent=3))
    assert comment == ImportedComment(
        line=comment.line,
        ref="wordpress:blog.example:17",
        thread=thread.key,
        parents=("wordpress:blog.example:3",),
        name="나그네",
        email="guest@mail.example",
        body="**좋은** 글\n\n고맙습니다.",
        status="visible",
        created_at=datetime(2020, 1, 2, 3, tzinfo=UTC),
    )


def test_the_line_of_a_comment_is_told():
    text = wxr(wxr_post(wxr_comment()))
    line = text[: text.index("<wp:comment>\n")].count("\n") + 1
    assert next(read_wordpress(stream(text))).line == line


def test_a_post_tells_its_addresses_after_its_comments():
    _, thread = read(wxr_comment(), slug="%eb%b6%93")
    assert isinstance(thread, ImportedThread)
    assert thread.slug == "%eb%b6%93"
    assert thread.links == ("https://blog.example/2020/01/%eb%b6%93/",)


def test_a_post_without_comments_is_not_told_of():
    assert read() == []


@pytest.mark.parametrize(
    ("approved", "status"),
    [("1", "visible"), ("0", "held"), ("hold", "held"), ("spam", "spam"), ("trash", "trashed")],
)
def test_what_a_moderator_decided_there_is_kept(approved, status):
    assert first(wxr_comment(comment_approved=approved)).status == status


def test_an_unknown_approval_waits_for_a_moderator():
    comment = first(wxr_comment(comment_approved="delayed"))
    assert (comment.status, len(comment.warnings)) == ("held", 1)


@pytest.mark.parametrize("kind", ["pingback", "trackback", "order_note"])
def test_what_no_reader_wrote_is_left_out(kind):
    reading = first(wxr_comment(comment_type=kind))
    assert isinstance(reading, LeftOut)
    assert kind in reading.kind


def test_a_comment_in_the_trash_with_its_post_is_left_out():
    assert isinstance(first(wxr_comment(comment_approved="post-trashed")), LeftOut)


def test_a_comment_without_an_id_is_bad_and_the_next_one_is_read():
    bad, good, _ = read(wxr_comment(""), wxr_comment(2))
    assert isinstance(bad, BadItem)
    assert good.ref == "wordpress:blog.example:2"


def test_a_comment_of_absurd_length_is_bad_and_the_next_one_is_read():
    bad, good, _ = read(wxr_comment(1, "가" * 1_000_001), wxr_comment(2))
    assert "longer than" in bad.problem
    assert isinstance(good, ImportedComment)


def test_a_time_without_gmt_is_korean_and_an_impossible_one_is_none():
    zero = "0000-00-00 00:00:00"
    assert first(wxr_comment(comment_date_gmt=zero)).created_at == datetime(
        2020, 1, 2, 3, tzinfo=UTC
    )
    assert first(wxr_comment(comment_date_gmt=zero, comment_date=zero)).created_at is None


def test_a_name_is_read_without_its_entities():
    author = "<![CDATA[O&#039;Brien &amp; 나]]>"
    assert first(wxr_comment(comment_author=author)).name == "O'Brien & 나"


def test_the_address_of_the_writer_is_nowhere_in_what_is_read():
    assert "203.0.113.77" not in repr(read(wxr_comment()))


def test_old_versions_are_read_alike():
    text = wxr(wxr_post(wxr_comment())).replace("export/1.2/", "export/1.0/")
    assert isinstance(next(read_wordpress(stream(text))), ImportedComment)
