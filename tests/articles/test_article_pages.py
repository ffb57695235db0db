import unicodedata
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, SiteSettings, Status
from tests.articles.page import in_one_line, is_for_everybody, structured_data
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
    make_user,
)
from tests.comments.builders import make_comment, make_comments

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

PAGE_CACHE = "public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=86400"


def test_it_works(client: Client) -> None:
    article = make_article("붓을 건네는 시간", body="종이를 **펼친다**.")
    response = client.get("/articles/붓을-건네는-시간/")
    assert response.status_code == 200
    assert response.text.count("<h1>") == 1
    assert response.text.count("<main") == 1
    assert f'data-article-id="{article.pk}"' in response.text
    assert '<div class="article-body"><p>종이를 <strong>펼친다</strong>.</p>' in response.text


@pytest.mark.promise("K1")
def test_page_is_cacheable_and_the_same_for_everybody(client: Client) -> None:
    response = client.get(make_article().get_absolute_url())
    assert response["Cache-Control"] == PAGE_CACHE
    assert response["ETag"]
    assert is_for_everybody(response)


def test_signed_in_editor_gets_the_readers_page(client: Client) -> None:
    article, draft = make_article(), make_draft()
    anonymous = client.get(article.get_absolute_url()).text
    client.force_login(make_user(is_staff=True, is_superuser=True))
    response = client.get(article.get_absolute_url())
    assert response.text == anonymous
    assert is_for_everybody(response)
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_article_that_is_not_published_is_404_for_readers(client: Client, status: Status) -> None:
    article = make_article(status=status)
    assert client.get(article.get_absolute_url()).status_code == 404


@pytest.mark.promise("F8")
def test_scheduled_article_is_404_until_its_minute(client: Client) -> None:
    article = make_article(published_at=FAR_FUTURE)
    assert client.get(article.get_absolute_url()).status_code == 404
    Article.objects.update(published_at=timezone.now())
    assert client.get(article.get_absolute_url()).status_code == 200


def test_expired_article_is_404(client: Client) -> None:
    article = make_article(expires_at=PUBLISHED_AT + timedelta(days=1))
    assert client.get(article.get_absolute_url()).status_code == 404


def test_article_named_feed_does_not_hide_behind_the_feed(client: Client) -> None:
    response = client.get(make_article("Feed").get_absolute_url())
    assert "<h1>Feed</h1>" in response.text


def test_post_is_not_allowed(client: Client) -> None:
    assert client.post(make_article().get_absolute_url()).status_code == 405


@pytest.mark.parametrize("spelling", [str.lower, str.upper])
def test_either_case_of_percent_escapes_answers(client: Client, spelling) -> None:
    make_article("붓을 건네는 시간")
    escapes = spelling(quote("붓을-건네는-시간"))
    assert client.get(f"/articles/{escapes}/").status_code == 200


@pytest.mark.parametrize("slug", [unicodedata.normalize("NFD", "k-테크의-cafés"), "K-테크의-CAFÉS"])
def test_other_spelling_is_one_redirect_away(client: Client, slug: str) -> None:
    make_article("K 테크의 Cafés", slug="k-테크의-cafés")
    response = client.get(f"/articles/{slug}/?from=feed")
    assert response.status_code == 301
    assert response["Location"] == f"/articles/{quote('k-테크의-cafés')}/?from=feed"
    assert client.get(response["Location"]).status_code == 200


def test_dates_are_korean_days(client: Client) -> None:
    # Already the fifteenth in Korea, still the fourteenth in Greenwich.
    article = make_article(published_at=datetime(2025, 9, 15, 0, 30, tzinfo=KST))
    text = client.get(article.get_absolute_url()).text
    assert '<time datetime="2025-09-15T00:30:00+09:00">2025년 9월 15일</time>' in text
    assert "고침 <time" not in text


def test_revision_of_a_later_day_is_told(client: Client) -> None:
    article = make_article(updated_at=PUBLISHED_AT + timedelta(days=2))
    assert "고침 <time" in client.get(article.get_absolute_url()).text


def test_reading_time_is_in_minutes(client: Client) -> None:
    article = make_article(body="가나다라마" * 600)
    assert "읽는 시간 6분" in client.get(article.get_absolute_url()).text


def test_summary_has_three_lines(client: Client) -> None:
    article = make_article(summary_1="하나다.", summary_2="둘이다.", summary_3="셋이다.")
    text = client.get(article.get_absolute_url()).text
    assert '<aside class="summary"' in text
    assert "<li>하나다.</li><li>둘이다.</li><li>셋이다.</li>" in text


def test_article_without_summary_has_no_summary_box(client: Client) -> None:
    assert 'class="summary"' not in client.get(make_article().get_absolute_url()).text


def test_two_headings_make_a_table_of_contents(client: Client) -> None:
    article = make_article(body="## 먼저\n\n글\n\n## 나중\n\n글")
    text = client.get(article.get_absolute_url()).text
    assert '<nav class="toc"' in text
    assert '<a href="#먼저">먼저</a>' in text


def test_one_heading_makes_none(client: Client) -> None:
    article = make_article(body="## 먼저\n\n글")
    assert 'class="toc"' not in client.get(article.get_absolute_url()).text


def test_lead_image_keeps_its_place_while_it_loads(client: Client) -> None:
    image = make_image(
        "조선소", width=1600, height=1000, alt="뱃머리", caption="도크", credit="필담"
    )
    text = in_one_line(client.get(make_article(lead_image=image).get_absolute_url()))
    assert f'<img src="{image.url}" alt="뱃머리" width="1600" height="1000"' in text
    assert "도크" in text


def test_byline_and_cards_name_every_author_in_order(client: Client) -> None:
    authors = [make_author("윤서진", bio="강가에서 씁니다."), make_author("한도경")]
    text = client.get(make_article(authors=authors).get_absolute_url()).text
    assert text.index("윤서진") < text.index("한도경")
    assert "강가에서 씁니다." in text


def test_first_publication_elsewhere_is_told_and_canonical(client: Client) -> None:
    article = make_article(canonical_url="https://brunch.example/@a/1")
    text = client.get(article.get_absolute_url()).text
    assert '<link rel="canonical" href="https://brunch.example/@a/1">' in text
    assert ">brunch.example</a>에 먼저 실렸습니다." in text


def test_canonical_address_is_the_sites_own(client: Client) -> None:
    make_article("붓")
    text = client.get("/articles/붓/?utm=x").text
    assert f'<link rel="canonical" href="http://testserver/articles/{quote("붓")}/">' in text


def test_episode_links_skip_what_readers_may_not_see(client: Client) -> None:
    series = make_series()
    make_article("첫 화", series=series, episode=1)
    make_draft("둘째 화", series=series, episode=2)
    third = make_article("셋째 화", series=series, episode=3)
    make_article("넷째 화", series=series, episode=4)
    text = client.get(third.get_absolute_url()).text
    assert "이전 화 · 1화</small>첫 화" in text
    assert "다음 화 · 4화</small>넷째 화" in text
    assert "둘째 화" not in text
    assert "모두 3화" in text


def test_related_articles_are_at_the_end_of_the_page_and_nothing_twice(client: Client) -> None:
    category = make_category("기술")
    make_article("이웃 글", category=category)
    article = make_article("이 글", category=category, tags=["전기"])
    make_article("가까운 글", tags=["전기"])
    make_draft("감춘 글", category=category)
    text = client.get(article.get_absolute_url()).text
    related = text.partition("함께 읽을 글")[2]
    assert "가까운 글" in related
    # It is already one step away.
    assert text.count("이웃 글") == 1
    assert not any(title in related for title in ("이 글<", "감춘 글"))


@pytest.mark.parametrize(
    ("fields", "description"),
    [
        ({"dek": "부제다", "summary_1": "요약이다"}, "부제다"),
        ({"summary_1": "요약이다.", "summary_2": "둘째다."}, "요약이다. 둘째다."),
        ({"body": "본문의 **첫머리**다."}, "본문의 첫머리다."),
    ],
)
def test_description_is_the_best_there_is(client: Client, fields, description: str) -> None:
    text = client.get(make_article(**fields).get_absolute_url()).text
    assert f'<meta name="description" content="{description}">' in text


def test_search_engines_read_the_article(client: Client) -> None:
    series = make_series("손이 아는 것")
    article = make_article(
        category=make_category("기술"),
        authors=[make_author("신피질")],
        lead_image=make_image("대표"),
        tags=["기록"],
        series=series,
        episode=3,
        # Written before it appeared, which is no revision.
        updated_at=PUBLISHED_AT - timedelta(days=3),
    )
    news, trail = structured_data(client.get(article.get_absolute_url()))
    assert news["@type"] == "NewsArticle"
    assert news["headline"] == article.title
    assert news["datePublished"] == news["dateModified"] == "2025-03-03T09:00:00+09:00"
    author = f"http://testserver{quote('/authors/신피질/')}"
    assert news["author"] == [{"@type": "Person", "name": "신피질", "url": author}]
    assert news["publisher"]["logo"]["url"] == "http://testserver/static/icons/icon-512.png"
    assert news["image"]["url"] == f"http://testserver{quote('/media/images/대표.webp')}"
    assert (news["articleSection"], news["keywords"]) == ("기술", ["기록"])
    assert (news["isPartOf"]["name"], news["position"]) == ("손이 아는 것", 3)
    assert [step["name"] for step in trail["itemListElement"]] == ["필담", "기술", article.title]


def test_article_without_authors_and_picture_is_the_houses_and_has_a_card(client: Client) -> None:
    news, _ = structured_data(client.get(make_article().get_absolute_url()))
    assert news["author"] == [news["publisher"]]
    assert news["image"]["url"].startswith("http://testserver/cards/articles/")


@pytest.mark.promise("X3")
def test_title_cannot_leave_the_structured_data(client: Client) -> None:
    title = "</script><script>alert(1)</script> & <!--"
    article = make_article(title, dek="</title><img src=x onerror=alert(1)>")
    response = client.get(article.get_absolute_url())
    assert structured_data(response)[0]["headline"] == title
    assert "<script>" not in response.text
    assert "<img src=x" not in response.text


def test_page_runs_and_styles_nothing_inline(client: Client) -> None:
    article = make_article(summary_1="요약", category=make_category())
    text = client.get(article.get_absolute_url()).text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text


def test_count_of_comments_is_on_the_page(client: Client) -> None:
    article = make_article(comment_count=3)
    assert '<span data-comment-count="3">3</span>' in client.get(article.get_absolute_url()).text


def test_page_needs_at_most_eight_queries(client: Client, django_assert_max_num_queries) -> None:
    category, series = make_category(), make_series()
    authors = [make_author(name, portrait=make_image(name)) for name in ("가", "나", "다")]
    make_articles(10, category=category)
    for episode in range(1, 12):
        article = make_article(
            f"{episode}화",
            category=category,
            series=series,
            episode=episode,
            authors=authors,
            tags=["하나", "둘", "셋"],
            lead_image=make_image(f"그림 {episode}"),
        )
    make_article("Eleven", language="en", translation_of=article)
    roots = make_comments(article, 22, account=make_user())
    make_comment(article, "고른 댓글", recommended_at=timezone.now())
    make_comments(article, 4, parent=roots[-1])
    SiteSettings.current()  # as a page a moment ago has left it
    with django_assert_max_num_queries(8):
        text = client.get(article.get_absolute_url()).text
    assert "다른 언어로 읽기" in text
    assert "이전 화" in text
    assert text.count('class="comment"') == 1 + 20 + 3
