"""What readers and colleagues write is text at the desk, wherever it is shown."""

import pytest

from comments import bans
from comments.admin.queues import QUEUES
from comments.models import ModeratorNote, Status, WordRule
from comments.transitions import Actor, change_status
from tests.articles.desk import make_editor, signed_in
from tests.builders import make_article
from tests.comments.admin.desk import change_url, press, queue_url, report_by, seen
from tests.comments.builders import make_comment

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


@pytest.fixture
def comment():
    """A comment with mischief in every field that the desk shows."""
    article = make_article(PAYLOAD)
    parent = make_comment(article, PAYLOAD, name=PAYLOAD)
    reasons = [{"code": PAYLOAD, "score": 1, "detail": PAYLOAD, "found": PAYLOAD}]
    comment = make_comment(
        article,
        PAYLOAD,
        parent=parent,
        name=PAYLOAD,
        reasons=reasons,
        network_hash="n" * 32,
        network_prefix=PAYLOAD[:43],
    )
    report_by(comment, "abuse", note=PAYLOAD)
    ModeratorNote.objects.create(comment=comment, author_key=comment.author_key, text=PAYLOAD)
    bans.ban(comment, bans.Target.NETWORK, bans.Duration.DAY, actor=Actor(PAYLOAD), reason=PAYLOAD)
    WordRule.objects.create(pattern=PAYLOAD, exceptions=PAYLOAD, category=PAYLOAD[:20])
    return comment


def assert_harmless(response):
    html = response.content.decode()
    assert "alert(1)" in html or "alert" not in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize("name", [queue.name for queue in QUEUES])
def test_queues_show_text_as_text(comment, name):
    desk = signed_in(make_editor())
    assert_harmless(desk.get(queue_url(name)))
    query = {"q": PAYLOAD, "article": comment.article_id, "writer_of": comment.pk}
    assert_harmless(desk.get(queue_url(name), query))


def test_other_pages_show_text_as_text(comment):
    desk = signed_in(make_editor())
    for address in ("ban/", "wordrule/", "moderationevent/"):
        assert_harmless(desk.get(f"/admin/comments/{address}"))
    assert_harmless(desk.get(change_url(comment)))
    assert_harmless(desk.get(f"/admin/comments/comment/{comment.pk}/ban/"))
    trial = {"body": PAYLOAD, "name": PAYLOAD}
    assert_harmless(desk.post("/admin/comments/wordrule/try/", trial))
    words = {"lines": PAYLOAD, "target": "body", "effect": "hold"}
    assert_harmless(desk.post("/admin/comments/wordrule/import/", words))


def test_conflicts_show_text_as_text(comment):
    desk = signed_in(make_editor())
    screen = seen(comment)
    mine = type(comment).objects.filter(pk=comment.pk)
    change_status(mine, Status.HIDDEN, actor=Actor(PAYLOAD), reason=PAYLOAD)
    response = press(desk, "spam", comment, seen=screen)
    assert response.status_code == 409
    assert_harmless(response)
