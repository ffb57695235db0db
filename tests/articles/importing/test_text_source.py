import time

import pytest

from articles.importing.documents import ImportedArticle, ImportedImage, ImportFailure
from articles.importing.text_source import parse_text
from tests.articles.importing.documents import (
    PARAGRAPH,
    blocks_of,
    make_page,
    paragraphs_of,
    parse_page,
)


def when(article: ImportedArticle) -> str:
    return article.published_at.isoformat() if article.published_at else ""


def test_newspaper_page_gives_its_article() -> None:
    article = parse_page("newspaper.txt")
    assert article.title == "[시론] 작은 도서관이 마을을 바꾼다"
    assert (article.category, article.dek) == ("오피니언", "골목마다 불 켜진 책방 하나씩")
    assert (article.authors, when(article)) == (("한들",), "2025-03-02T18:00:00+09:00")
    assert blocks_of(article, starting="## ") == ["## 예산보다 사람이 먼저다"]
    assert len(paragraphs_of(article)) == 4
    assert article.body.startswith("마을 어귀의")


@pytest.mark.parametrize(
    "noise",
    ["춘천", "코스피", "로그인", "카카오톡", "폐교를", "무단", "음악회", "handul", "▲", "구독"],
)
def test_newspaper_page_leaves_its_noise_behind(noise: str) -> None:
    article = parse_page("newspaper.txt")
    assert noise not in article.body
    assert noise not in article.title + article.dek


def test_page_of_a_portal_gives_its_article() -> None:
    article = parse_page("portal.txt")
    assert article.title == "물레방아가 다시 도는 마을"
    assert (article.category, article.authors) == ("경제", ("이한들",))
    assert article.dek == "[현장] 발전기로 되살아난 오래된 방앗간"
    assert when(article) == "2025-04-03T05:05:00+09:00"
    assert blocks_of(article, starting="## ") == ["## 물은 누구의 것인가", "## 남은 숙제"]
    assert len(paragraphs_of(article)) == 4
    assert article.body.startswith("“불이 들어왔을 때")
    assert article.body.endswith("배우러 찾아온다.")


def test_dropped_prose_is_reported() -> None:
    assert "dropped 1 long paragraph" in parse_page("newspaper.txt").warnings[-1]


def test_page_without_blank_lines_keeps_its_paragraphs() -> None:
    article = parse_page("dense.txt")
    assert article.title == "수소 열차, 시골 역에 먼저 서야 하는 이유"
    assert (article.category, article.authors) == ("산업", ("나래", "가람"))
    assert blocks_of(article, starting="## ") == ["## 충전소가 관건이다"]
    assert len(paragraphs_of(article)) == 5
    assert "두려움은 줄어들 것이다" in article.body


def test_tistory_page_gives_lists_tags_and_category() -> None:
    article = parse_page("tistory.txt")
    assert (article.title, article.category, article.dek) == ("느리게 걷는 법", "일상/에세이", "")
    assert (article.authors, when(article)) == (("나무늘보",), "2025-01-09T07:05:00+09:00")
    assert article.tags == ("걷기", "느림", "산책")
    assert "- 담벼락에 기댄 자전거\n- 아직" in article.body
    assert "1. 천천히 숨을 쉰다\n2. 신발" in article.body
    assert r"\*별표\* 그리고 &lt;b>" in article.body
    assert article.body.endswith("배우는 일인지도 모르겠다.")


def test_naver_page_keeps_its_short_lines() -> None:
    article = parse_page("naver.txt")
    assert (article.title, article.authors) == ("제주에서 보낸 나흘", ("봄이네",))
    assert article.images == (
        ImportedImage("제주바다 01.jpg", "바람이 많던 협재", "바람이 많던 협재"),
    )
    assert article.body.startswith("안녕하세요, 봄이에요.  \n오늘은 제주")
    assert article.body.endswith("다음에 또 만나요!")


def test_brunch_page_gives_episode_series_and_pictures() -> None:
    article = parse_page("brunch.txt")
    assert (article.title, article.authors) == ("엄마의 부엌에서 배운 경제학", ("달그림자",))
    assert (article.series, article.episode) == ("부엌의 경제학", 12)
    assert when(article) == "2025-11-03T00:00:00+09:00"
    assert article.tags == ("경제", "부엌", "엄마")
    assert '![오래된 양은냄비](IMG_0412.JPG "오래된 양은냄비")' in article.body
    assert "![](<밥상 위의 재무제표.png>)" in article.body
    assert article.body.endswith("한 냄비가 그립다.")


def test_brunch_book_page_gives_its_writer_and_series() -> None:
    article = parse_page("brunch_book.txt")
    assert (article.title, article.authors) == ("물레를 고치던 겨울", ("달그림자",))
    assert (article.series, article.episode) == ("방앗간의 기록", 3)
    assert when(article) == "2025-11-24T00:00:00+09:00"
    assert (article.tags, article.dek) == (("물레", "겨울"), "")
    assert len(paragraphs_of(article)) == 3


def test_wrapped_lines_are_joined() -> None:
    article = parse_page("wrapped.txt")
    assert len(paragraphs_of(article)) == 4
    assert "봉투는 누렇게 바랬지만" in article.body
    assert "\n\n잘 지내니.\n\n" in article.body


def test_a_masthead_date_is_a_warning() -> None:
    article = make_page("2024년 05월 06일 월요일", "강가의 하루", PARAGRAPH, PARAGRAPH)
    assert when(article) == "2024-05-06T00:00:00+09:00"
    assert article.warnings == ("date taken from the masthead: 2024-05-06",)


def test_a_date_below_the_title_is_the_articles() -> None:
    article = make_page("2024년 05월 06일", "강가의 하루", "2024년 5월 1일", PARAGRAPH, PARAGRAPH)
    assert when(article) == "2024-05-01T00:00:00+09:00"
    assert article.warnings == ()


def test_a_short_first_paragraph_is_the_lead() -> None:
    lead = "방앗간은 왜 아직도 마을 사람들의 이야기 속에서 돌아가고 있는 것일까? 그 까닭을 찾아 나섰다."
    article = make_page("강가의 하루", "2024. 5. 6.", lead, *[PARAGRAPH * 2] * 4)
    assert article.dek == lead
    assert len(paragraphs_of(article)) == 4


def test_summary_and_insight_are_lifted_and_marked() -> None:
    article = make_page(
        "강가의 하루",
        PARAGRAPH,
        "3줄 요약",
        "  • 하나를 말한다.\n  • 둘을 말한다.\n  • 셋을 말한다.",
        PARAGRAPH,
        "Editor’s Insight\n방앗간이 남긴 것은 곡식이 아니라 기다림의 방식이다.",
        "물레가 멈춘 뒤",
        PARAGRAPH,
    )
    assert article.summary == ("하나를 말한다.", "둘을 말한다.", "셋을 말한다.")
    assert "> [!INSIGHT] Editor’s Insight\n> 방앗간이 남긴" in article.body
    assert blocks_of(article, starting="## ") == ["## 물레가 멈춘 뒤"]
    assert "요약" not in article.body


@pytest.mark.parametrize(
    ("path", "category"),
    [
        ("경제 > 산업·재계", "경제"),
        ("HOME 경제 지역살림", "경제"),
        ("경제경제일반", "경제"),
        ("강가 > 마을", ""),
    ],
)
def test_a_path_above_the_title_tells_the_category(path: str, category: str) -> None:
    article = make_page(f"{path}\n강가의 오래된 하루", PARAGRAPH, PARAGRAPH)
    assert (article.title, article.category) == ("강가의 오래된 하루", category)


def test_a_heading_of_section_words_is_kept() -> None:
    article = make_page("강가의 하루", PARAGRAPH, "AI 반도체 산업", PARAGRAPH)
    assert blocks_of(article, starting="## ") == ["## AI 반도체 산업"]


@pytest.mark.parametrize("label", ["TL;DR", "💡 3줄로 읽기", "세 줄 요약"])
def test_a_summary_has_many_names(label: str) -> None:
    article = make_page("강가의 하루", label, "– 하나\n– 둘\n– 셋", PARAGRAPH, PARAGRAPH)
    assert article.summary == ("하나", "둘", "셋")


@pytest.mark.parametrize("label", ["Editor’s Note: ", "[에디터 코멘트] "])
def test_an_insight_may_stand_beside_its_label(label: str) -> None:
    article = make_page("강가의 하루", PARAGRAPH, f"{label}기다림이 방앗간의 일이었다고 한다.")
    name = label.strip("[]: ")
    assert article.body.endswith(f"> [!INSIGHT] {name}\n> 기다림이 방앗간의 일이었다고 한다.")


def test_a_subtitle_is_not_divided_from_its_second_line() -> None:
    lead = "강물은\n느리게 흘렀다"
    article = make_page("강가의 하루", "by 한들 May 06. 2024", lead, PARAGRAPH, "물레", PARAGRAPH)
    assert article.dek == "강물은 느리게 흘렀다"


def test_a_dash_below_a_quotation_names_the_speaker() -> None:
    article = make_page("강가의 하루", PARAGRAPH, '"강은 기다린다."\n- 한들', PARAGRAPH)
    assert '"강은 기다린다."  \n- 한들' in article.body.replace("\\", "")


def test_references_below_the_text_are_kept() -> None:
    article = make_page(
        "강가의 하루", PARAGRAPH, PARAGRAPH, "참고한 책", "1. 강, 2021\n2. 물레, 2019"
    )
    assert article.body.endswith("참고한 책\n\n1. 강, 2021\n2. 물레, 2019")


def test_a_line_with_an_address_is_no_heading() -> None:
    article = make_page("강가의 하루", PARAGRAPH, "참고: https://example.com/a", PARAGRAPH)
    assert blocks_of(article, starting="#") == []


def test_circled_numbers_of_a_summary_are_taken_off() -> None:
    article = make_page("강가의 하루", "핵심 요약", "① 하나\n② 둘\n③ 셋", PARAGRAPH, PARAGRAPH)
    assert article.summary == ("하나", "둘", "셋")


@pytest.mark.parametrize("greeting", ["안녕하세요, 봄이에요 :)", "안녕하세요, 봄이에요~"])
def test_a_greeting_is_no_heading(greeting: str) -> None:
    article = make_page("강가의 하루", PARAGRAPH, greeting, PARAGRAPH)
    assert f"\n\n{greeting}\n\n" in article.body.replace("\\", "")


def test_a_word_above_the_date_is_the_writer() -> None:
    article = make_page(
        "들꽃의 집", "강가의 오래된 하루", "봄이네\n2024. 5. 6.", PARAGRAPH, PARAGRAPH
    )
    assert (article.title, article.authors) == ("강가의 오래된 하루", ("봄이네",))


def test_a_subtitle_may_run_over_lines() -> None:
    byline = "한들 기자 h@example.com"
    article = make_page("강가의 하루", byline, "물레는 멈추고\n전등이 켜졌다", PARAGRAPH, PARAGRAPH)
    assert article.dek == "물레는 멈추고 전등이 켜졌다"


def test_a_series_line_is_the_title_only_where_nothing_else_is() -> None:
    assert make_page("매거진 강가의 기록", PARAGRAPH, PARAGRAPH).title == "매거진 강가의 기록"


@pytest.mark.parametrize(
    ("tail", "category", "tags"),
    [
        (
            "'일기/강가' 카테고리의 다른 글\n태그\n#glass mill, #강",
            "일기/강가",
            ("glass mill", "강"),
        ),
        ("강가 노트 카테고리 글", "강가 노트", ()),
        ("카테고리산업\n태그물레, 강", "산업", ("물레", "강")),
        ("태그:#물레, #강", "", ("물레", "강")),
    ],
)
def test_the_tail_tells_category_and_tags(tail: str, category: str, tags: tuple[str, ...]) -> None:
    article = make_page("강가의 하루", *[PARAGRAPH] * 3, tail)
    assert (article.category, article.tags) == (category, tags)
    assert len(paragraphs_of(article)) == 3


@pytest.mark.parametrize(
    "line",
    [
        "사진 셔터스톡",
        "[표=강가신문]",
        "물레가 도는 방앗간. [사진 = 강가신문]",
        "Photo by Haru on Unsplash",
    ],
)
def test_captions_without_a_picture_are_left_out(line: str) -> None:
    article = make_page("강가의 하루", PARAGRAPH, line, PARAGRAPH)
    assert len(article.body.split("\n\n")) == 2
    assert f"caption without a picture left out: {line}" in article.warnings


@pytest.mark.parametrize(
    "tail",
    [
        "HOT클릭 TOP7",
        "많이 본 뉴스",
        "관련기사",
        "Comments",
        "keyword",
        "무단전재 및 재배포 금지",
        "배너",
    ],
)
def test_everything_after_the_tail_mark_is_dropped(tail: str) -> None:
    other = "다른 소식이 길게 이어진다. " * 8
    article = make_page("강가의 하루", PARAGRAPH, PARAGRAPH, PARAGRAPH, tail, "다른 제목", other)
    assert "다른" not in article.body
    assert len(paragraphs_of(article)) == 3


def test_an_early_box_of_other_stories_does_not_end_the_article() -> None:
    article = make_page(
        "강가의 하루", PARAGRAPH, "관련기사\n폐교를 살린 사람들\n책 읽는 도시", *[PARAGRAPH] * 4
    )
    assert "폐교" not in article.body
    assert len(paragraphs_of(article)) == 5


def test_long_teasers_after_a_short_article_are_dropped() -> None:
    teasers = [f"다른 제목 {number}\n{'다른 소식이 이어진다. ' * 30}" for number in range(4)]
    article = make_page("강가의 하루", *[PARAGRAPH] * 7, "인기 기사", *teasers)
    assert "다른" not in article.body
    assert len(paragraphs_of(article)) == 7


@pytest.mark.parametrize(
    ("link", "episode"), [("이전 03화물레의 노래", 4), ("다음 06화 강의 끝", 5)]
)
def test_a_link_to_a_neighbour_tells_the_episode(link: str, episode: int) -> None:
    article = make_page("brunch", "강가의 하루", "by 한들", *[PARAGRAPH] * 3, f"keyword\n{link}")
    assert (article.series, article.episode, article.tags) == ("", episode, ())
    assert any("series title not found" in warning for warning in article.warnings)


def test_a_short_paragraph_between_long_ones_is_kept() -> None:
    article = make_page("강가의 하루", PARAGRAPH, "그렇지 않다.", PARAGRAPH)
    assert "\n\n그렇지 않다.\n\n" in article.body


def test_a_long_question_above_the_byline_is_the_title() -> None:
    title = (
        "강가의 낡은 방앗간은 왜 아직도 마을 사람들의 이야기 속에서 쉬지 않고 돌아가고 있는 것일까?"
    )
    article = make_page("한빛일보", title, "한들 기자 h@example.com", PARAGRAPH, PARAGRAPH)
    assert article.title == title


def test_full_page_of_a_local_paper_gives_its_article() -> None:
    article = parse_page("press_full.txt")
    assert article.title == '"나루터에 전기배 다니면 장날이 바뀔 것"'
    assert (article.category, article.dek, article.authors) == ("산업", "", ("한들",))
    assert when(article) == "2025-06-18T18:05:00+09:00"
    assert article.tags == ("전기배", "나루터", "뱃 사공")
    assert "| 구간 | 첫 배 | 막배 |\n| --- | --- | --- |\n| 윗나루 |" in article.body
    assert len(article.body.split("\n\n")) == 6
    assert article.guessed == frozenset()


def test_interview_keeps_its_questions_and_short_answers() -> None:
    article = parse_page("interview.txt")
    assert article.title == "“배를 젓던 손은 물을 기억합니다”"
    assert (article.category, article.authors) == ("문화", ("강솔",))
    assert article.dek == "[인터뷰] 마지막 뱃사공 강나래"
    assert blocks_of(article, starting="## ") == ["## 물가에 남은 것들"]
    for line in ("― 왜 아직도", "“물이 궁금하니까.”", "- 사람들은", "Q. 배는", "A. 줄을"):
        assert f"\n\n{line}" in article.body.replace("\\", "")
    assert "- 삿대 두 자루\n- 종이 된 배 이름표" in article.body
    assert article.body.endswith("편지를 보낸다고 했다.")


def test_episode_dated_above_its_title_keeps_its_verse() -> None:
    article = parse_page("episode.txt")
    assert (article.title, article.authors) == ("나룻배가 가르쳐 준 것들", ("물소리지기",))
    assert article.dek == "강을 건너는 데에는 얼마나 걸릴까?"
    assert when(article) == "2024-11-01T00:00:00+09:00"
    assert article.tags == ("나룻배", "강", "이야기")
    assert article.body.endswith("물은 흐르고  \n나는 앉아 있고\n\n배는 묶여 있었다.")
    assert article.guessed == {"dek"}


def test_dump_of_a_text_browser_gives_its_article() -> None:
    article = parse_page("dump.txt")
    assert (article.title, article.authors) == ("나루터의 하루", ("강솔",))
    assert len(paragraphs_of(article)) == 3
    assert "점심 무렵이면 장꾼들이 모인다." in article.body
    assert "[" not in article.body


def test_verse_alone_is_an_article() -> None:
    article = make_page(
        "brunch", "by 들풀 Mar 18. 2024", "물레", "물은 흐르고\n나는 선다", "돌은\n돈다"
    )
    assert (article.title, article.authors) == ("물레", ("들풀",))
    assert article.body == "물은 흐르고  \n나는 선다\n\n돌은  \n돈다"


def test_a_printed_page_loses_its_margins() -> None:
    page = "2025. 3. 4. 오후 5:31\t강가의 긴 하루 | 강신문\n강신문\n강가의 긴 하루"
    article = make_page(page, PARAGRAPH, PARAGRAPH, "https://example.com/1\t1/1")
    assert (article.title, article.published_at) == ("강가의 긴 하루", None)
    assert "https" not in article.body


def test_a_box_above_the_signed_rest_of_an_article_does_not_end_it() -> None:
    article = make_page(
        "강가의 하루",
        *[PARAGRAPH] * 3,
        "관련기사",
        "물레에 붙은 카메라",
        PARAGRAPH,
        "한들 기자 h@example.com",
    )
    assert len(paragraphs_of(article)) == 4
    assert "카메라" not in article.body


def test_rights_behind_the_last_sentence_cost_no_paragraph() -> None:
    notice = f"{PARAGRAPH} 한들 강닷컴 객원기자 h@example.com ⓒ 강경제 & , 무단전재 및 재배포 금지"
    article = make_page("강가의 하루", PARAGRAPH, notice)
    assert article.body.endswith(PARAGRAPH[-10:])
    assert article.authors == ("한들",)


def test_what_is_inferred_is_named() -> None:
    lead = "방앗간은 왜 아직도 마을 사람들의 이야기 속에서 돌아가고 있는 것일까? 그 까닭을 찾아 나섰다."
    page = ["2024년 05월 06일", "경제\n강가의 하루", lead, *[PARAGRAPH * 2] * 4]
    assert make_page(*page).guessed == {"published_at", "category", "dek"}
    assert make_page(PARAGRAPH, PARAGRAPH).guessed == {"title"}


def test_a_page_without_a_title_takes_the_file_name() -> None:
    article = parse_text(f"{PARAGRAPH}\n\n{PARAGRAPH}".encode(), "강가의-하루.txt")
    assert article.title == "강가의 하루"
    assert "no title found" in article.warnings[0]


@pytest.mark.parametrize(
    "menu",
    [
        "같은 줄\n" * 4_900,
        "[관련기사] 가\n나\n" * 2_400,
        "3줄 요약\n" * 4_900,
        "가\t나\n" * 2_400,
        "강" * 99_000,
    ],
)
def test_an_endless_menu_is_read_in_seconds(menu: str) -> None:
    started = time.thread_time()
    parse_text(f"{PARAGRAPH}\n{menu}\n{PARAGRAPH}".encode(), "a.txt")
    assert time.thread_time() - started < 5


@pytest.mark.parametrize(
    "page",
    ["로그인\n메뉴\n", "강가의 하루\n", "\n" * 30_000, "같은 줄\n" * 5_001, "강" * 100_001],
)
def test_pages_without_text_are_refused(page: str) -> None:
    with pytest.raises(ImportFailure):
        parse_text(page.encode(), "a.txt")
