"""What an account sees, takes along and erases of its own."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from comments import reactions
from comments.models import (
    Ban,
    Block,
    Comment,
    ModerationEvent,
    ModeratorNote,
    Report,
    Status,
    Vote,
)
from comments.readers import Reader
from tests.builders import make_article, make_user
from tests.comments.builders import make_comment, make_comments

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
MINE, ERASE, LEAVE = "/comments/mine/", "/comments/mine/erase/", "/comments/mine/leave/"


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def alice(client):
    user = make_user("alice@canary.example")
    client.force_login(user)
    return user


@pytest.fixture
def busy_alice(alice, article):
    """Alice with a comment that Bob has answered, and with all that readers can do."""
    bob = make_user("bob@canary.example", display_name="밥")
    hers = make_comment(article, "앨리스의 글", account=alice, network_prefix="203.0.113.0/24")
    bobs = make_comment(article, "밥의 답", account=bob, parent=hers)
    reader = Reader(alice, "", "203.0.113.7")
    reactions.vote(bobs, reader, Vote.LIKE)
    reactions.report(bobs, reader, "abuse", "내 전화는 010-1234-5678", threshold=5)
    reactions.block(bobs, reader)
    reactions.vote(hers, Reader(bob, "", ""), Vote.LIKE)
    return alice


def assert_counts_are_right():
    call_command("recount_comments", "--check", stdout=StringIO())
    for comment in Comment.objects.all():
        assert comment.likes == comment.votes.filter(value=1).count()


def test_own_comments_are_listed_with_their_status(client, alice, article):
    make_comment(article, "보이는 글", account=alice)
    make_comment(article, "가려진 글", account=alice, status=Status.HIDDEN)
    make_comment(article, "남의 글")
    response = client.get(MINE)
    html = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert "보이는 글" in html
    assert "가려진 글" in html
    assert "가림" in html
    assert "남의 글" not in html


def test_own_comments_are_paged_in_few_queries(
    client, alice, article, django_assert_max_num_queries
):
    make_comments(article, 31, account=alice)
    with django_assert_max_num_queries(6):
        html = client.get(MINE).content.decode()
    assert "댓글 31<" in html
    cursor = html.partition("?after=")[2].partition('"')[0]
    assert "댓글 1<" in client.get(f"{MINE}?after={cursor}").content.decode()
    assert client.get(f"{MINE}?after=%00").status_code == 404


def test_strangers_are_shown_both_ways(client):
    html = client.get(MINE).content.decode()
    assert "/comments/mine/guest/" in html
    assert "next=%2Fcomments%2Fmine%2F" in html


@pytest.mark.parametrize("path", ["/comments/mine/export/", ERASE, LEAVE])
def test_strangers_have_nothing_to_take_or_erase(client, path):
    assert client.get(path).status_code == 302
    assert client.post(path).status_code in {302, 405}


@pytest.mark.promise("D3")
def test_the_download_holds_everything(client, busy_alice):
    response = client.get("/comments/mine/export/")
    data = json.loads(response.content)
    assert response["Content-Disposition"].startswith("attachment")
    assert data["account"]["email"] == "alice@canary.example"
    assert [row["text"] for row in data["comments"]] == ["앨리스의 글"]
    assert data["comments"][0]["likes"] == 1
    assert data["networks"][0]["network"] == "203.0.113.0/24"
    assert [row["vote"] for row in data["votes"]] == ["공감"]
    assert data["reports"][0]["note"] == "내 전화는 010-1234-5678"
    assert [row["name"] for row in data["blocks"]] == ["밥"]
    assert "밥의 답" not in response.content.decode()


def test_asking_erases_nothing(client, busy_alice):
    assert client.get(ERASE).status_code == client.get(LEAVE).status_code == 200
    assert busy_alice.comments.get().body == "앨리스의 글"


def test_a_wrong_password_erases_nothing_and_is_soon_refused(client, busy_alice):
    codes = [client.post(ERASE, {"password": "틀림"}).status_code for _ in range(6)]
    assert codes == [403] * 5 + [429]
    assert client.post(ERASE, {"password": PASSWORD}).status_code == 429
    assert client.post(ERASE, {}).status_code == 422
    assert busy_alice.comments.exists()


@pytest.mark.promise("D3")
def test_everything_is_erased_and_the_tree_stays(client, busy_alice, article):
    response = client.post(ERASE, {"password": PASSWORD})
    assert response.status_code == 303
    root = Comment.objects.get(root=None)
    reply = Comment.objects.get(root=root)
    assert (root.status, root.body, root.account, root.network_prefix) == ("deleted", "", None, "")
    assert (reply.body, reply.likes) == ("밥의 답", 0)
    assert Report.objects.get().note == ""
    assert not Block.objects.exists()
    assert_counts_are_right()
    html = client.get(f"/articles/{article.slug}/comments/").content.decode()
    assert "작성자가 삭제한 댓글입니다." in html
    assert User.objects.filter(pk=busy_alice.pk).exists()


def test_the_log_quotes_nothing_of_what_was_erased(client, alice, article):
    comment = make_comment(
        article, "비밀스러운 말", account=alice, reasons=[{"code": "word_body", "detail": "비밀"}]
    )
    ModeratorNote.objects.create(comment=comment, author_key=f"account:{alice.pk}", text="비밀")
    client.post(ERASE, {"password": PASSWORD})
    comment.refresh_from_db()
    assert (comment.reasons, ModeratorNote.objects.count()) == ([], 0)
    assert not ModerationEvent.objects.filter(reason__contains="비밀").exists()


def test_an_account_without_a_password_types_a_few_words(client, busy_alice):
    busy_alice.set_unusable_password()
    busy_alice.save()
    client.force_login(busy_alice)
    assert client.post(ERASE, {"confirmation": "응"}).status_code == 422
    assert client.post(ERASE, {"confirmation": " 모두  지웁니다 "}).status_code == 303
    assert not busy_alice.comments.exists()


def test_the_account_goes_with_its_comments(client, busy_alice):
    response = client.post(LEAVE, {"password": PASSWORD, "parting": "erase"})
    assert response.status_code == 200
    assert not User.objects.filter(email="alice@canary.example").exists()
    assert "_auth_user_id" not in client.session
    assert not Comment.objects.filter(body="앨리스의 글").exists()
    assert not Vote.objects.filter(voter=f"account:{busy_alice.pk}").exists()
    assert Report.objects.get().reporter.startswith("gone:")
    assert_counts_are_right()


def test_the_account_goes_and_its_comments_stay_without_a_name(client, busy_alice):
    client.post(LEAVE, {"password": PASSWORD, "parting": "anonymise"})
    comment = Comment.objects.get(body="앨리스의 글")
    assert (comment.name, comment.account, comment.network_prefix) == ("탈퇴한 독자", None, "")
    assert comment.is_visible
    assert_counts_are_right()


def test_nobody_escapes_a_ban_of_the_network_by_leaving(client, busy_alice):
    Ban.objects.create(account=busy_alice, network_hash="a" * 32, reason="도배")
    client.post(LEAVE, {"password": PASSWORD, "parting": "erase"})
    assert Ban.objects.get().network_hash == "a" * 32


@pytest.mark.parametrize("role", ["is_staff", "is_superuser"])
def test_the_desks_own_cannot_leave_this_way(client, busy_alice, role):
    setattr(busy_alice, role, True)
    busy_alice.save()
    response = client.post(LEAVE, {"password": PASSWORD, "parting": "erase"})
    assert response.status_code == 403
    assert "관리자에게 말씀해 주세요" in response.content.decode()
    assert busy_alice.comments.get().body == "앨리스의 글"


def test_leaving_asks_what_becomes_of_the_comments(client, alice):
    response = client.post(LEAVE, {"password": PASSWORD})
    assert response.status_code == 422
    assert User.objects.filter(pk=alice.pk).exists()
