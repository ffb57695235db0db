import pytest
from django.test import Client

from accounts.roles import Role
from articles.models import SynonymGroup
from tests.roles import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

ADD = "/admin/articles/synonymgroup/add/"


def test_editor_says_which_words_are_the_same(client: Client) -> None:
    client.force_login(make_member(Role.EDITOR))
    assert client.post(ADD, {"words": "오픈AI, OpenAI"}).status_code == 302
    assert SynonymGroup.objects.get().phrases == [["오픈", "ai"], ["openai"]]


@pytest.mark.parametrize("words", ["오픈AI", "오픈AI, 오픈 AI", ", ,", ""])
def test_one_word_alone_is_refused(client: Client, words: str) -> None:
    client.force_login(make_member(Role.EDITOR))
    assert client.post(ADD, {"words": words}).status_code == 422


def test_writer_does_not(client: Client) -> None:
    client.force_login(make_member(Role.WRITER))
    assert client.get(ADD).status_code == 403
