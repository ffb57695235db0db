import unicodedata
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from articles.models import Article, Redirect, Series, Status
from articles.rendering import RENDERER_VERSION, RenderingError
from tests.builders import (
    FAR_FUTURE,
    PUBLISHED_AT,
    make_article,
    make_author,
    make_category,
    make_draft,
    make_series,
    make_tag,
)

pytestmark = pytest.mark.django_db


class TestPublished:
    def test_published_article_is_there(self):
        article = make_article()
        assert list(Article.objects.published()) == [article]

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
    def test_other_statuses_are_not(self, status):
        make_article(status=status)
        assert not Article.objects.published().exists()

    def test_scheduled_article_appears_at_its_second(self):
        article = make_article(published_at=FAR_FUTURE)
        before = Article.objects.published(at=FAR_FUTURE - timedelta(seconds=1))
        assert list(before) == []
        assert list(Article.objects.published(at=FAR_FUTURE)) == [article]

    def test_expired_article_vanishes_at_its_second(self):
        expires_at = PUBLISHED_AT + timedelta(days=1)
        article = make_article(expires_at=expires_at)
        just_before = expires_at - timedelta(seconds=1)
        assert list(Article.objects.published(at=just_before)) == [article]
        assert list(Article.objects.published(at=expires_at)) == []


class TestWithdrawing:
    def test_withdrawing_hides_but_keeps_everything(self):
        article = make_article()
        article.withdraw()
        assert not article.is_public()
        assert Article.objects.get(pk=article.pk).body == article.body


class TestRendering:
    def test_saving_stores_the_rendering(self):
        article = make_article(body="## 첫 소제목\n\n**자본(capital)**을 읽는다.")
        stored = Article.objects.get(pk=article.pk)
        assert "<strong>자본(capital)</strong>을" in stored.body_html
        assert stored.toc_entries[0].title == "첫 소제목"
        assert "자본(capital)을 읽는다." in stored.plain_text
        assert stored.renderer_version == RENDERER_VERSION

    def test_saving_the_body_alone_renders_it_too(self):
        article = make_article(body="처음 글")
        article.body = "고친 글"
        article.save(update_fields=["body"])
        assert "고친 글" in Article.objects.get(pk=article.pk).body_html

    def test_saving_something_else_does_not_render(self, monkeypatch):
        article = make_article()
        monkeypatch.setattr(Article, "render_body", lambda self: pytest.fail("rendered"))
        article.dek = "새 부제"
        article.save()
        assert Article.objects.get(pk=article.pk).dek == "새 부제"

    def test_a_body_written_past_save_is_stale(self):
        article = make_article()
        assert not Article.objects.stale().exists()
        Article.objects.filter(pk=article.pk).update(body="지나쳐 쓴 글")
        assert list(Article.objects.stale()) == [article]

    def test_rerendering_leaves_the_date_of_revision_alone(self):
        article = make_article()
        Article.objects.filter(pk=article.pk).update(body="지나쳐 쓴 글")
        Article.objects.rerender(article.pk)
        stored = Article.objects.get(pk=article.pk)
        assert "지나쳐 쓴 글" in stored.body_html
        assert stored.updated_at == article.updated_at

    def test_a_refused_body_stores_nothing(self):
        article = make_article(body="처음 글")
        article.body = "가" * 200_000
        with pytest.raises(RenderingError):
            article.save()
        assert Article.objects.get(pk=article.pk).body == "처음 글"

    def test_an_article_loaded_without_its_body_saves_without_rendering(self):
        make_article(body="처음 글")
        article = Article.objects.for_list().get()
        article.dek = "새 부제"
        article.save()
        assert "처음 글" in Article.objects.get().body_html


class TestSlug:
    def test_slug_is_made_from_the_title_once(self):
        article = make_article("한국, 왜 ‘제2의 OpenAI’ 못 만드나?")
        assert article.slug == "한국-왜-제2의-openai-못-만드나"
        article.title = "다른 제목"
        article.save()
        assert article.slug == "한국-왜-제2의-openai-못-만드나"

    def test_same_title_gets_a_number(self):
        make_article("같은 제목")
        assert make_article("같은 제목").slug == "같은-제목-2"

    def test_title_of_two_hundred_syllables_makes_a_slug(self):
        assert 0 < len(make_article("가나다라 " * 40).slug) <= 60

    def test_title_of_emoji_alone_makes_a_slug(self):
        assert make_article("🌊🌊").slug

    def test_decomposed_slug_is_stored_and_found_composed(self):
        decomposed = unicodedata.normalize("NFD", "한글-주소")
        article = make_article(slug=decomposed)
        assert article.slug == "한글-주소"
        assert Article.objects.get(slug=decomposed) == article

    def test_a_retired_address_is_not_given_to_another_article(self):
        article = make_article("옛 제목")
        article.slug = "새-주소"
        article.save()
        assert make_article("옛 제목").slug == "옛-제목-2"


class TestRedirects:
    def rename(self, article, *slugs):
        for slug in slugs:
            article.slug = slug
            article.save()

    def destination(self, path):
        redirect = Redirect.objects.for_path(path)
        return redirect and redirect.article and redirect.article.slug

    def test_every_old_address_is_one_hop_away(self):
        article = make_article(slug="가")
        self.rename(article, "나", "다")
        assert self.destination("/articles/가/") == "다"
        assert self.destination("/articles/나/") == "다"

    def test_swapping_back_makes_no_loop(self):
        article = make_article(slug="가")
        self.rename(article, "나", "가")
        assert Redirect.objects.for_path("/articles/가/") is None
        assert self.destination("/articles/나/") == "가"

    def test_an_article_that_takes_an_old_address_over_answers_there_itself(self):
        self.rename(make_article(slug="가"), "나")
        self.rename(make_article(slug="다"), "가")
        assert Redirect.objects.for_path("/articles/가/") is None

    def test_a_change_in_a_loaded_copy_is_seen_too(self):
        make_article(slug="가")
        self.rename(Article.objects.for_list().get(), "나")
        assert self.destination("/articles/가/") == "나"

    def test_a_redirect_to_a_draft_leads_nowhere(self):
        article = make_draft(slug="가")
        self.rename(article, "나")
        assert Redirect.objects.for_path("/articles/가/").destination() is None


class TestConstraints:
    @pytest.mark.parametrize(
        "fields",
        [
            {"status": "nonsense"},
            {"comment_policy": "nonsense"},
            {"published_at": None},
            {"expires_at": PUBLISHED_AT},
            {"import_ref": ""},
            {"title": ""},
        ],
    )
    def test_the_database_refuses(self, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_article(**fields)
        assert not Article.objects.exists()

    def test_an_episode_number_is_unique_in_its_series(self):
        series = make_series()
        make_article("1화", series=series, episode=1)
        with pytest.raises(IntegrityError):
            make_article("또 1화", series=series, episode=1)

    def test_a_series_needs_an_episode_number(self):
        with pytest.raises(IntegrityError):
            make_article(series=make_series())

    def test_an_import_reference_is_unique(self):
        make_article("하나", import_ref="a.md")
        with pytest.raises(IntegrityError):
            make_article("둘", import_ref="a.md")

    @pytest.mark.parametrize("field", ["name", "slug"])
    @pytest.mark.parametrize("make", [make_category, make_author, make_tag])
    def test_what_articles_belong_to_keeps_its_name_and_address(self, make, field):
        row = make()
        with pytest.raises(IntegrityError):
            type(row).objects.filter(pk=row.pk).update(**{field: ""})

    @pytest.mark.parametrize("field", ["title", "slug"])
    def test_a_series_keeps_its_title_and_address(self, field):
        make_series()
        with pytest.raises(IntegrityError):
            Series.objects.update(**{field: ""})


class TestByline:
    def test_authors_keep_their_order_everywhere(self):
        second, first = make_author("가나다"), make_author("하파타")
        make_article(authors=[first, second])
        for articles in (Article.objects.for_list(), Article.objects.for_page()):
            assert list(articles.get().authors.all()) == [first, second]

    def test_the_same_author_is_named_once(self):
        author = make_author()
        article = make_article()
        article.set_authors([author, author])
        assert article.byline.count() == 1


class TestTags:
    def test_spellings_of_one_name_are_one_tag(self):
        article = make_article(tags=["OpenAI", "openai", "인공지능"])
        article.tags.add(unicodedata.normalize("NFD", "인공지능"), " 인공지능 ")
        assert sorted(article.tags.slugs()) == ["openai", "인공지능"]

    def test_tags_that_differ_only_in_signs_have_addresses_of_their_own(self):
        article = make_article(tags=["C", "C++"])
        assert sorted(article.tags.slugs()) == ["c", "c-2"]
