"""What a script of ours gets when it sends the same forms."""

import base64
import json
from hashlib import sha256

import pytest
from django.test import Client

from comments import form_tokens, proof_of_work
from comments.models import Comment, Status
from tests.builders import make_article
from tests.comments.builders import PASSWORD, discussion_url, form_token, make_comment

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]
DOUBTFUL = "https://a.example https://b.example https://c.example"


@pytest.fixture
def article():
    return make_article()


def send(client, url, **fields):
    typed = {"name": "나그네", "password": PASSWORD, "body": "잘 읽었습니다."} | fields
    return client.post(url, typed, headers={"X-Pildam": "fragment"})


def solution_of(challenge) -> str:
    """Try numbers until one gives the challenge's digest, as the worker does."""
    salt, wanted = challenge["salt"], challenge["challenge"]
    number = next(
        number
        for number in range(challenge["maxNumber"] + 1)
        if sha256(f"{salt}{number}".encode()).hexdigest() == wanted
    )
    names = ("algorithm", "challenge", "salt", "signature")
    payload = {name: challenge[name] for name in names} | {"number": number}
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_a_new_comment_comes_back_as_html_with_the_count(client, article):
    response = send(client, discussion_url(article), form_token=form_token(article))
    answer = response.json()
    comment = Comment.objects.get()
    assert response.status_code == 201
    assert (answer["id"], answer["state"], answer["count"]) == (comment.pk, "visible", 1)
    assert f'id="comment-{comment.pk}"' in answer["html"]
    assert form_tokens.read(answer["form_token"], article.pk) is not None


def test_a_comment_that_waits_says_so(client, article, settings):
    settings.COMMENT_MODERATION = "pre"
    answer = send(client, discussion_url(article), form_token=form_token(article)).json()
    assert (answer["state"], answer["count"]) == ("held", 0)
    assert "승인 대기" in answer["html"]


def test_what_is_wrong_is_said_by_field(client, article):
    response = send(client, discussion_url(article), body="", name="")
    assert response.status_code == 422
    assert response.json()["errors"] == {
        "name": ["이름을 적어 주세요."],
        "body": ["내용을 적어 주세요."],
    }


def test_a_used_form_is_answered_with_a_new_token(client, article):
    token = form_token(article)
    send(client, discussion_url(article), form_token=token)
    response = send(client, discussion_url(article), form_token=token, body="다른 글")
    assert response.status_code == 422
    fresh = response.json()["form_token"]
    assert fresh != token
    assert (
        send(client, discussion_url(article), form_token=fresh, body="다른 글").status_code == 201
    )


def test_a_preview_stores_nothing(client, article):
    response = send(client, discussion_url(article), body="**굵게**", preview="1")
    assert response.json() == {"html": "<p><strong>굵게</strong></p>"}
    assert not Comment.objects.exists()


def test_a_proof_of_work_publishes_what_is_doubtful_once(client, article, monkeypatch):
    monkeypatch.setattr(proof_of_work, "MAX_NUMBER", 500)
    asked = send(
        client, discussion_url(article), body=DOUBTFUL, form_token=form_token(article, age=1)
    )
    assert asked.status_code == 428
    assert not Comment.objects.exists()
    solution = solution_of(asked.json()["challenge"])
    fields = {"body": DOUBTFUL, "form_token": form_token(article, age=1), "altcha": solution}
    assert send(client, discussion_url(article), **fields).json()["state"] == "visible"
    again = fields | {"body": f"{DOUBTFUL} 다른 말", "form_token": form_token(article, age=1)}
    stranger = Client(REMOTE_ADDR="198.51.100.9")
    assert send(stranger, discussion_url(article), **again).status_code == 428


def test_a_proof_with_half_a_character_is_none():
    texts = dict.fromkeys(("algorithm", "challenge", "signature"), "x")
    payload = json.dumps(texts | {"salt": "\ud800", "number": 1})
    assert not proof_of_work.is_given(base64.b64encode(payload.encode()).decode())


@pytest.mark.parametrize("solution", ["x", "e30=", "bnVsbA==", "A" * 3000, "eyJudW1iZXIiOiAxfQ=="])
def test_a_made_up_proof_is_none(client, article, solution):
    fields = {"body": DOUBTFUL, "form_token": form_token(article, age=1), "altcha": solution}
    assert send(client, discussion_url(article), **fields).status_code == 428


def test_a_vote_comes_back_as_counts(client, article):
    comment = make_comment(article)
    response = send(client, f"/comments/{comment.pk}/vote/", value="like")
    assert response.json() == {"likes": 1, "dislikes": 0, "mine": 1}


def test_what_may_not_be_done_is_403_with_words(client):
    closed = make_article(comment_policy="read_only")
    response = send(client, discussion_url(closed))
    assert response.status_code == 403
    assert "더 이상 댓글을" in response.json()["message"]


def test_new_comments_are_counted_from_the_newest_known(client, article):
    known = make_comment(article)
    make_comment(article)
    make_comment(article, status=Status.HELD)
    url = f"{discussion_url(article)}new/?after={known.pk}"
    response = client.get(url)
    assert response.json() == {"count": 1}
    assert "public" in response["Cache-Control"]
    for nonsense in ("", "x", "-1", "9" * 30):
        assert client.get(f"{discussion_url(article)}new/?after={nonsense}").status_code == 404
