"""Which article a page of another site has become."""

import pytest

from comments.importing.documents import ImportedThread
from comments.intake.matching import article_of
from tests.builders import make_article, make_redirect

pytestmark = pytest.mark.django_db

# 붓 as a Mac writes it.
NFD = "\u1107\u116e\u11ba"


def thread(*links, slug="", identities=()):
    return ImportedThread(line=1, key="1", slug=slug, links=links, identities=identities)


@pytest.mark.parametrize(
    "page",
    [
        thread("https://blog.example/2020/01/%EB%B6%93/"),
        thread("https://blog.example/2020/01/%EB%B6%93.html?utm=x"),
        thread("https://blog.example/?p=7", slug="%eb%b6%93"),
        thread("/articles/붓/"),
        thread(f"https://blog.example/{NFD}"),
        thread(slug="붓"),
        thread("https://elsewhere.example/essays/12"),
        thread("https://elsewhere.example/essays/12/"),
        thread("http://blog.example/old/path"),
        thread("https://blog.example/articles/빗자루/"),
        thread("https://blog.example/x/", identities=("blog/_posts/붓.md",)),
    ],
)
def test_a_page_is_known_by_any_of_its_signs(page):
    article = make_article(
        slug="붓",
        canonical_url="https://elsewhere.example/essays/12",
        import_ref="blog/_posts/붓.md",
    )
    make_redirect("/old/path/", article=article)
    make_redirect("/articles/빗자루/", article=article)
    make_article("다른 글")
    assert article_of(page) == article


@pytest.mark.parametrize(
    "page",
    [
        thread(),
        thread("", slug=""),
        thread("https://blog.example/"),
        thread("http://[broken"),
        thread("https://blog.example/%00/"),
        thread("https://blog.example/" + "가" * 3000),
        thread("/gone/"),
    ],
)
def test_a_page_without_a_sign_is_no_article(page):
    make_article(slug="붓")
    make_redirect("/gone/", target="https://elsewhere.example/")
    assert article_of(page) is None


def test_where_it_was_first_published_counts_more_than_a_like_name():
    make_article("하나", slug="붓")
    first = make_article("둘", slug="둘", canonical_url="https://blog.example/2020/01/붓/")
    assert article_of(thread("https://blog.example/2020/01/%EB%B6%93/", slug="붓")) == first
