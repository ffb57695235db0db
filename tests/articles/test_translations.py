"""Articles in several languages: what readers, search engines and editors find of them."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from articles.languages import language_of
from articles.models import Article
from articles.pages.page_links import links_of
from tests.articles.desk import change_url, form_of
from tests.articles.page import in_one_line, structured_data
from tests.builders import make_article, make_draft, make_user

HOST = "http://testserver"


@pytest.fixture
def original() -> Article:
    return make_article("붓", slug="붓")


@pytest.fixture
def english(original: Article) -> Article:
    return make_article("Brush", slug="brush", language="en", translation_of=original)


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en-US", "en"),
        ("KO_kr.UTF-8", "ko"),
        ("zh-CN", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("tlh", ""),
        ("", ""),
    ],
)
def test_language_is_read_as_others_write_it(written: str, tag: str) -> None:
    assert language_of(written) == tag


@pytest.mark.any_engine
@pytest.mark.django_db
def test_versions_name_one_another(client: Client, original: Article, english: Article) -> None:
    make_draft("Pinsel", language="de", translation_of=original)
    alternates = [
        f'<link rel="alternate" hreflang="{language}" href="{HOST}{path}">'
        for language, path in (
            ("ko", original.get_absolute_url()),
            ("en", "/articles/brush/"),
            ("x-default", original.get_absolute_url()),
        )
    ]
    for article in (original, english):
        page = in_one_line(client.get(article.get_absolute_url()))
        assert [link for link in alternates if link in page] == alternates
        assert page.count("hreflang") == len(alternates) + 1
    page = in_one_line(client.get("/articles/brush/"))
    assert "다른 언어로 읽기:" in page
    assert 'hreflang="ko" lang="ko" rel="alternate">한국어</a>' in page
    assert '<h1 lang="en">Brush</h1>' in page
    assert '<div class="article-body" lang="en">' in page
    assert 'property="og:locale" content="en_US"' in page
    assert structured_data(client.get("/articles/brush/"))[0]["inLanguage"] == "en"
    sitemap = client.get("/sitemap-articles.xml").text
    assert sitemap.count('<xhtml:link rel="alternate" hreflang="en"') == 2
    assert sitemap.count('hreflang="x-default"') == 2


@pytest.mark.any_engine
@pytest.mark.django_db
def test_what_readers_cannot_see_is_no_version(
    client: Client, original: Article, english: Article
) -> None:
    original.withdraw()
    assert links_of(english, timezone.now()).versions.all == ()
    make_article("Pinsel", language="de", translation_of=original)
    versions = links_of(english, timezone.now()).versions
    assert [version.name for version in versions.all] == ["English", "Deutsch"]
    assert versions.default is None
    assert "x-default" not in client.get("/articles/brush/").text


@pytest.mark.django_db
def test_article_has_one_translation_into_each_language(
    original: Article, english: Article
) -> None:
    with pytest.raises(IntegrityError):
        make_article("Brush again", language="en", translation_of=original)


@pytest.mark.any_engine
@pytest.mark.django_db
def test_chains_and_same_languages_are_refused(original: Article, english: Article) -> None:
    def fault(article: Article, **fields: object) -> str:
        for name, value in fields.items():
            setattr(article, name, value)
        return article.translation_fault()

    assert not fault(Article(language="ja"), translation_of=original)
    assert "원문을 골라" in fault(Article(language="ja"), translation_of=english)
    assert "언어가 같습니다" in fault(Article(), translation_of=original)
    assert "번역이 있어" in fault(original, translation_of=make_article("J", language="ja"))
    assert "스스로" in fault(original, translation_of=original)
    assert "이미 있습니다" in fault(original, translation_of=None, language="en")


@pytest.mark.any_engine
@pytest.mark.django_db
def test_editor_joins_and_parts_versions(client: Client, original: Article) -> None:
    client.force_login(make_user(is_staff=True, is_superuser=True))
    brush = make_article("Brush", slug="brush")
    form = form_of(brush, translation_of=original.pk)
    assert "원문과 언어가 같습니다." in client.post(change_url(brush), form).text
    assert client.post(change_url(brush), form | {"language": "en"}).status_code == 302
    brush.refresh_from_db()
    assert (brush.language, brush.translation_of, brush.pending) == ("en", original, None)
    client.post(change_url(brush), form_of(brush, translation_of=""))
    brush.refresh_from_db()
    assert brush.translation_of is None


@pytest.mark.any_engine
@pytest.mark.django_db
def test_language_of_a_document_comes_in_and_the_desks_is_kept(tmp_path: Path) -> None:
    document = tmp_path / "brush.md"
    document.write_text("---\ntitle: Brush\nlang: en-GB\n---\n\nA brush.\n")
    call_command("import_articles", str(document))
    article = Article.objects.get()
    assert article.language == "en"
    Article.objects.update(language="de")
    call_command("import_articles", str(document))
    article.refresh_from_db()
    assert article.language == "de"
