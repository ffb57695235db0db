import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote, unquote

import pytest
from django.test import Client

from articles.models import Article, Author, Category, Series, SiteSettings, Tag
from tests.articles.page import is_for_everybody, structured_data, titles_in
from tests.articles.test_article_pages import PAGE_CACHE
from tests.builders import (
    FAR_FUTURE,
    KST,
    PUBLISHED_AT,
    make_article,
    make_articles,
    make_author,
    make_category,
    make_draft,
    make_image,
    make_series,
)

pytestmark = pytest.mark.django_db

Listed = Category | Tag | Author | Series


def in_category(hidden: bool = False) -> Listed:
    category = make_category("기술")
    (make_draft if hidden else make_article)("글", category=category)
    return category


def with_tag(hidden: bool = False) -> Listed:
    (make_draft if hidden else make_article)("글", tags=["기록"])
    return Tag.objects.get()


def by_author(hidden: bool = False) -> Listed:
    author = make_author("신피질", bio="천천히 씁니다.", portrait=make_image("초상"))
    (make_draft if hidden else make_article)("글", authors=[author])
    return author


def in_series(hidden: bool = False) -> Listed:
    series = make_series("손이 아는 것")
    (make_draft if hidden else make_article)("글", series=series, episode=1)
    return series


LISTS = [in_category, with_tag, by_author, in_series]
PATHS = ["/", "/articles/", "/archive/", "/archive/2025/", "/archive/2025/03/"]


@pytest.mark.parametrize("make_list", LISTS)
def test_list_shows_its_article_and_says_what_it_is(
    client: Client, make_list: Callable[..., Listed]
) -> None:
    listed = make_list()
    response = client.get(listed.get_absolute_url())
    assert response.status_code == 200
    assert titles_in(response) == ["글"]
    assert f"<h1>{listed}</h1>" in response.text
    assert response.text.count("<main") == 1


@pytest.mark.parametrize("make_list", LISTS)
def test_list_is_the_same_for_everybody(client: Client, make_list: Callable[..., Listed]) -> None:
    response = client.get(make_list().get_absolute_url())
    assert response["Cache-Control"] == PAGE_CACHE
    assert is_for_everybody(response)


@pytest.mark.parametrize("path", PATHS)
def test_page_is_the_same_for_everybody(client: Client, path: str) -> None:
    make_article()
    response = client.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == PAGE_CACHE
    assert is_for_everybody(response)


@pytest.mark.parametrize("make_list", [with_tag, by_author, in_series])
def test_name_that_only_drafts_know_is_404(
    client: Client, make_list: Callable[..., Listed]
) -> None:
    assert client.get(make_list(hidden=True).get_absolute_url()).status_code == 404


def test_section_without_articles_says_so_and_is_not_in_the_navigation(client: Client) -> None:
    category = make_category("빈 자리")
    response = client.get(category.get_absolute_url())
    assert response.status_code == 200
    assert "아직 실린 글이 없습니다." in response.text
    assert category.get_absolute_url() not in client.get("/").text


@pytest.mark.parametrize("make_list", LISTS)
def test_unknown_slug_is_404(client: Client, make_list: Callable[..., Listed]) -> None:
    listed = make_list()
    path = listed.get_absolute_url().replace(quote(listed.slug), "없는-이름")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("make_list", LISTS)
@pytest.mark.parametrize("below", ["", "feed/"])
def test_every_spelling_of_an_address_reaches_the_list(
    client: Client, make_list: Callable[..., Listed], below: str
) -> None:
    address = f"{make_list().get_absolute_url()}{below}"
    kind, slug = unquote(address).split("/")[1:3]
    decomposed = quote(unicodedata.normalize("NFD", slug))
    for spelling in (decomposed, decomposed.lower(), unicodedata.normalize("NFD", slug)):
        response = client.get(f"/{kind}/{spelling}/{below}?after=")
        assert (response.status_code, response["Location"]) == (301, f"{address}?after=")
    assert client.get(address.lower()).status_code == 200


@pytest.mark.parametrize("make_list", LISTS)
def test_list_tells_machines_what_it_is(client: Client, make_list: Callable[..., Listed]) -> None:
    listed = make_list()
    response = client.get(listed.get_absolute_url())
    address = f"http://testserver{listed.get_absolute_url()}"
    page, trail = structured_data(response)
    assert trail["itemListElement"][-1]["item"] == address
    if isinstance(listed, Author):
        assert page["@type"] == "ProfilePage"
        assert page["mainEntity"]["url"] == address
    else:
        assert page["@type"] == "CollectionPage"
        (item,) = page["mainEntity"]["itemListElement"]
        assert item["url"] == f"http://testserver{Article.objects.get().get_absolute_url()}"
    assert f'<link rel="canonical" href="{address}">' in response.text
    assert '<meta name="description" content="' in response.text
    assert f'href="{listed.get_absolute_url()}feed/"' in response.text


def test_front_page_says_how_to_search(client: Client) -> None:
    (site,) = structured_data(client.get("/"))
    assert (site["@type"], site["name"], site["url"]) == ("WebSite", "필담", "http://testserver/")
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/search/?q={search_term_string}"


@pytest.mark.parametrize("path", PATHS)
def test_page_has_words_and_a_picture_for_where_it_is_shared(client: Client, path: str) -> None:
    make_article()
    text = client.get(path).text
    assert f'<link rel="canonical" href="http://testserver{path}">' in text
    for name in ("og:title", "og:description", "og:url", "og:image", "og:type"):
        assert f'<meta property="{name}" content="' in text
    assert '<meta name="description" content="' in text


def test_drafts_and_the_future_are_not_listed(client: Client) -> None:
    make_article("보이는 글")
    make_article("앞날의 글", published_at=FAR_FUTURE)
    make_article("끝난 글", expires_at=PUBLISHED_AT + timedelta(hours=1))
    make_draft("쓰는 글")
    assert titles_in(client.get("/articles/")) == ["보이는 글"]


def test_pages_of_twenty_follow_one_another(client: Client) -> None:
    articles = make_articles(45)
    path, seen = "/articles/", []
    while path:
        response = client.get(path)
        seen += titles_in(response)
        cursor = response.context["page"].next_cursor
        path = f"/articles/?after={cursor}" if cursor else ""
    assert seen == [article.title for article in articles]


def test_article_that_arrives_meanwhile_moves_nothing(client: Client) -> None:
    make_articles(21)
    cursor = client.get("/articles/").context["page"].next_cursor
    make_article("방금 실린 글", published_at=PUBLISHED_AT + timedelta(days=1))
    assert titles_in(client.get(f"/articles/?after={cursor}")) == ["글 21"]


def test_articles_of_the_same_moment_are_all_shown(client: Client) -> None:
    for number in range(25):
        make_article(f"글 {number}")
    cursor = client.get("/articles/").context["page"].next_cursor
    assert len(titles_in(client.get(f"/articles/?after={cursor}"))) == 5


@pytest.mark.parametrize("cursor", ["x", "MQ", "9" * 90, "%00", "%ED%95%9C"])
def test_cursor_made_elsewhere_is_404(client: Client, cursor: str) -> None:
    make_article()
    assert client.get(f"/articles/?after={cursor}").status_code == 404


def test_later_pages_stay_out_of_search_engines(client: Client) -> None:
    make_articles(21)
    first = client.get("/articles/")
    later = client.get(f"/articles/?after={first.context['page'].next_cursor}")
    assert "noindex" not in first.text
    assert '<meta name="robots" content="noindex, follow">' in later.text
    assert ('rel="canonical"' in first.text, 'rel="canonical"' in later.text) == (True, False)


def test_series_keeps_the_order_of_its_numbers(client: Client) -> None:
    series = make_series()
    for episode in (10, 2, 1, 35, 3):
        make_article(f"{episode}화 글", series=series, episode=episode)
    titles = titles_in(client.get(series.get_absolute_url()))
    assert titles == ["1화 글", "2화 글", "3화 글", "10화 글", "35화 글"]


def test_long_series_goes_on_by_number(client: Client) -> None:
    series = make_series()
    for episode in range(1, 24):
        make_article(f"{episode}화 글", series=series, episode=episode)
    cursor = client.get(series.get_absolute_url()).context["page"].next_cursor
    rest = client.get(f"{series.get_absolute_url()}?after={cursor}")
    assert titles_in(rest) == ["21화 글", "22화 글", "23화 글"]


def test_archive_counts_by_korean_months(client: Client) -> None:
    # New Year's Eve in Greenwich, New Year's Day in Korea.
    make_article("새해 첫 글", published_at=datetime(2025, 1, 1, 0, 30, tzinfo=KST))
    make_article("세밑의 글", published_at=datetime(2024, 12, 31, 23, 30, tzinfo=KST))
    years = client.get("/archive/").context["years"]
    assert [(year.number, year.months[0].number) for year in years] == [(2025, 1), (2024, 12)]
    assert titles_in(client.get("/archive/2025/")) == ["새해 첫 글"]
    assert titles_in(client.get("/archive/2024/12/")) == ["세밑의 글"]


@pytest.mark.parametrize("path", ["/archive/2019/", "/archive/2025/04/", "/archive/2025/13/"])
def test_archive_of_a_time_without_articles_is_404(client: Client, path: str) -> None:
    make_article(published_at=PUBLISHED_AT)
    assert client.get(path).status_code == 404


def test_count_of_comments_is_in_lists(client: Client) -> None:
    make_article(comment_count=12)
    assert '<span data-comment-count="12">12</span>' in client.get("/articles/").text


def test_hidden_discussion_is_not_counted_in_lists(client: Client) -> None:
    make_article(comment_policy="hidden")
    assert "data-comment-count" not in client.get("/articles/").text


def furnish(count: int) -> dict[str, str]:
    """Make `count` full articles and return the paths that list them all."""
    category, series, author = make_category(), make_series(), make_author()
    for number in range(1, count + 1):
        article = make_article(
            f"글 {number}",
            category=category,
            series=series,
            episode=number,
            authors=[author],
            tags=["기록"],
            lead_image=make_image(f"그림 {number}"),
        )
    tag = Tag.objects.get()
    lists = (category, series, author, tag)
    return {"all": "/articles/", "month": f"/archive/{article.published_at:%Y/%m}/"} | {
        type(listed).__name__: listed.get_absolute_url() for listed in lists
    }


@pytest.mark.parametrize("name", ["all", "month", "Category", "Series", "Author", "Tag"])
def test_list_needs_at_most_six_queries(
    client: Client, django_assert_max_num_queries, name: str
) -> None:
    paths = furnish(12)
    SiteSettings.current()  # as a page a moment ago has left it
    with django_assert_max_num_queries(6):
        assert len(titles_in(client.get(paths[name]))) == 12


def test_title_of_an_article_is_escaped(client: Client) -> None:
    make_article("<script>alert(1)</script>", dek='"><img src=x>')
    text = client.get("/articles/").text
    assert "<script>alert" not in text
    assert "<img src=x>" not in text
    assert Article.objects.get().title.startswith("<script>")


def test_article_without_dek_and_summary_is_introduced_by_its_opening(client: Client) -> None:
    make_article(body="## 첫 제목\n\n종이를 **사이에** 두고 마주 앉는다.")
    assert "종이를 사이에 두고 마주 앉는다." in client.get("/articles/").content.decode()


def test_dek_introduces_an_article_that_has_one(client: Client) -> None:
    make_article(dek="부제", body="종이를 사이에 두고 마주 앉는다.")
    html = client.get("/articles/").content.decode()
    assert "부제" in html
    assert "마주 앉는다" not in html


def test_section_names_its_writers_and_series_once(client: Client) -> None:
    category, series, author = (
        make_category("문화"),
        make_series("손이 아는 것"),
        make_author("정무열"),
    )
    for episode in (1, 2):
        make_article(
            f"{episode}화", category=category, series=series, episode=episode, authors=[author]
        )
    head = client.get(category.get_absolute_url()).text.partition("</header>")[2]
    head = head.partition("</header>")[0]
    assert head.count(f'href="{author.get_absolute_url()}"') == 1
    assert head.count(f'href="{series.get_absolute_url()}"') == 1


def test_month_leads_to_the_other_months_of_its_year(client: Client) -> None:
    make_article("삼월")
    make_article("칠월", published_at=PUBLISHED_AT.replace(month=7))
    text = client.get("/archive/2025/03/").text
    assert 'href="/archive/2025/07/"' in text
    assert text.count('aria-current="page"') == 1
    assert client.get("/archive/2025/04/").status_code == 404
