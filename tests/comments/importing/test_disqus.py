"""Comments in a Disqus export."""

from datetime import UTC, datetime

import pytest

from comments.importing.disqus import read_disqus
from comments.importing.documents import ImportedComment, ImportedThread
from tests.comments.importing.exports import BLOG, disqus, disqus_post, disqus_thread, stream


def read(*elements):
    return list(read_disqus(stream(disqus(*elements))))


def test_a_thread_and_its_posts_are_read():
    thread, comment = read(disqus_thread(), disqus_post(5, "<p>첫째</p><p>둘째</p>", parent=4))
    assert isinstance(thread, ImportedThread)
    assert (thread.key, thread.links[0]) == ("100", f"{BLOG}/2020/01/붓/")
    assert comment == ImportedComment(
        line=comment.line,
        ref="disqus:pildam:5",
        thread="100",
        parents=("disqus:pildam:4",),
        name="나그네",
        email="guest@mail.example",
        body="첫째\n\n둘째",
        status="visible",
        created_at=datetime(2020, 1, 2, 3, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("flags", "status"), [(["isSpam"], "spam"), (["isDeleted"], "deleted"), ([], "visible")]
)
def test_what_was_decided_there_is_kept(flags, status):
    assert read(disqus_post(flags=flags))[0].status == status


def test_of_what_was_deleted_there_nothing_comes_along():
    comment = read(disqus_post(flags=["isDeleted"]))[0]
    assert (comment.body, comment.email) == ("", "")


def test_a_post_may_stand_before_its_thread():
    comment, thread = read(disqus_post(), disqus_thread())
    assert comment.thread == thread.key


def test_the_address_of_the_writer_is_nowhere_in_what_is_read():
    assert "203.0.113.77" not in repr(read(disqus_thread(), disqus_post()))
