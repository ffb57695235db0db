"""The samples pass through the real importer, which takes seconds: few tests, much in each."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Author, Category, Series

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

NOISE = ("기상청", "HOT클릭", "배너", "준비 중입니다", "무단전재", "keyword", "brunch")


def assert_complete(article):
    assert article.authors.exists(), article
    assert article.category, article
    assert article.dek, article
    assert len(article.summary) == 3, article
    assert len(article.plain_text) >= 1500, article
    assert "image-missing" not in article.body_html, article
    assert not [noise for noise in NOISE if noise in article.plain_text], article


def assert_a_living_magazine():
    articles = Article.objects.published().newest_first()
    assert 8 <= len(articles) <= 12
    for article in articles:
        assert_complete(article)
    # Yesterday's, also when the day ends while they are loaded.
    assert 1 <= (timezone.localdate() - timezone.localdate(articles[0].published_at)).days <= 2
    assert Category.objects.filter(articles__isnull=False).distinct().count() >= 4
    assert not Author.objects.filter(portrait__isnull=True).exists()
    assert [a.episode for a in Series.objects.get().articles.order_by("episode")] == [1, 2, 3]


def test_the_demo_is_whole_made_once_and_shows_its_password(tmp_path, capsys):
    credentials = tmp_path / "demo.txt"
    call_command("prepare_demo", credentials=credentials)
    assert_a_living_magazine()
    password = credentials.read_text().split()[-1]
    assert User.objects.get().check_password(password)
    assert credentials.stat().st_mode & 0o077 == 0
    before = list(Article.objects.order_by("pk").values())
    call_command("load_samples")
    assert list(Article.objects.order_by("pk").values()) == before
    Article.objects.all().delete()
    call_command("prepare_demo", credentials=credentials)
    assert not Article.objects.exists()
    assert capsys.readouterr().out.count(password) == 2
