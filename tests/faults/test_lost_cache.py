"""Redis wiped: what is kept in it alone may be forgotten, and nobody notices."""

import pytest
from django.core.cache import cache

from comments.models import Comment
from tests.accounts.journeys import sign_in
from tests.builders import make_article, make_user
from tests.comments.builders import discussion_url, post_comment

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine, pytest.mark.promise("F6")]


def test_who_is_signed_in_stays_so_and_writes_on(client):
    article = make_article()
    alice = make_user()
    sign_in(client)
    client.get(discussion_url(article))
    cache.clear()
    assert client.get("/accounts/profile/").status_code == 200
    assert client.get(article.get_absolute_url()).status_code == 200
    assert post_comment(client, article, name=None, password=None).status_code == 303
    assert Comment.objects.get().account == alice
