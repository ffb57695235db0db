"""Akismet is asked only with a key, and never decides by not answering."""

from types import SimpleNamespace

import pytest
import requests

from comments import akismet
from comments.models import Comment, Status
from tests.builders import make_article
from tests.comments.builders import post_comment

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


@pytest.fixture
def service(monkeypatch):
    """Stand in for the network: what was asked, and what is answered."""
    service = SimpleNamespace(asked=[], answer="false", error=None)

    def post(url, data, **options):
        service.asked.append((url, data, options))
        if service.error:
            raise service.error
        return SimpleNamespace(text=service.answer, raise_for_status=lambda: None)

    monkeypatch.setattr(akismet.requests, "post", post)
    return service


def test_without_a_key_nobody_is_asked(client, service):
    post_comment(client, make_article())
    assert service.asked == []


def test_with_a_key_the_comment_is_shown_to_akismet_within_bounds(client, service, settings):
    settings.AKISMET_KEY = "k3y"
    post_comment(client, make_article(), "좋은 글", email="carol@example.com")
    ((url, data, options),) = service.asked
    assert url == "https://rest.akismet.com/1.1/comment-check"
    assert (data["api_key"], data["comment_content"]) == ("k3y", "좋은 글")
    assert data["user_ip"] == "127.0.0.1"
    assert options == {"timeout": 2, "allow_redirects": False}


@pytest.mark.parametrize(("answer", "status"), [("true", Status.SPAM), ("false", Status.VISIBLE)])
def test_its_word_leads_to_the_spam_box(client, service, settings, answer, status):
    settings.AKISMET_KEY, service.answer = "k3y", answer
    post_comment(client, make_article())
    assert Comment.objects.get().status == status


@pytest.mark.parametrize("error", [requests.ConnectionError(), requests.Timeout()])
def test_its_silence_holds_nobody_back(client, service, settings, error, caplog):
    settings.AKISMET_KEY, service.error = "k3y", error
    post_comment(client, make_article())
    assert Comment.objects.get().status == Status.VISIBLE
    assert "Akismet does not answer" in caplog.text
    assert "k3y" not in caplog.text
