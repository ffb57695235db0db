from dataclasses import dataclass, replace

import pytest

from articles.markup.heading_uses import heading_uses
from articles.publish_gate import DeadLink, Facts, Problem, problems
from articles.text_merge import merge

pytestmark = pytest.mark.any_engine


@dataclass(frozen=True)
class Picture:
    line: int
    source: str
    alt: str = ""
    decorative: bool = False


READY = Facts(
    title="값의 주인",
    body="값은 거래하는 사람들이 정한다고 배웠다.",
    summary=("값은 앱이 정한다.", "시장은 그 뒤에 온다.", "자유는 앱 밖에 있다."),
    category=True,
    authors=True,
)


def codes(facts: Facts) -> list[str]:
    return [problem.code for problem in problems(facts)]


def of_body(body: str) -> list[tuple[str, int | None]]:
    facts = replace(READY, body=body, headings=heading_uses(body))
    return [(problem.code, problem.line) for problem in problems(facts)]


def test_nothing_stands_in_the_way_of_a_finished_article() -> None:
    assert problems(READY) == []


def test_an_empty_article_is_told_all_at_once_and_what_is_fatal_first() -> None:
    found = problems(Facts(" ", "\n", ("", "", ""), category=False, authors=False))
    assert [(problem.code, problem.field, problem.is_fatal) for problem in found] == [
        ("no_title", "id_title", True),
        ("no_body", "id_body", True),
        ("no_summary", "id_summary_1", False),
        ("no_author", "byline-group", False),
        ("no_category", "id_category", False),
    ]


def test_the_missing_line_of_a_summary_is_named() -> None:
    assert problems(replace(READY, summary=("하나", " ", "셋"))) == [
        Problem(
            "short_summary", "요약의 둘째 줄이 비어 있습니다. 마저 적어 주세요.", "id_summary_2"
        )
    ]


def test_marks_of_a_conflict_are_fatal() -> None:
    body = merge("값", "내 값", "네 값").text
    found = problems(replace(READY, body=f"첫 문단\r\n\r\n{body}"))
    assert [(problem.line, problem.is_fatal) for problem in found] == [(3, True), (7, True)]


def test_an_underlined_title_and_a_deep_quotation_are_no_marks() -> None:
    assert codes(replace(READY, body="제목\n=======\n\n>>>>>>> 깊은 인용\n\n본문")) == []


def test_each_picture_without_alternative_text_is_named_by_its_line() -> None:
    pictures = [
        Picture(3, "/media/a.png", "시장의 아침"),
        Picture(5, "/media/b.png", decorative=True),
        Picture(9, "/media/c.png", " "),
    ]
    [problem] = problems(replace(READY, pictures=pictures))
    assert (problem.code, problem.field, problem.line) == ("no_alt", "id_body", 9)
    assert "/media/c.png" in problem.message


def test_the_lead_image_needs_alternative_text_only_when_there_is_one() -> None:
    assert codes(replace(READY, lead_image=True)) == ["no_lead_alt"]
    assert codes(replace(READY, lead_image=True, lead_alt="앱을 켠 손")) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("## 값\n### 앱\n#### 손\n## 끝", []),
        ("## 값\n\n#### 손", [("skipped_heading", 3)]),
        ("### 값\n\n### 앱\n\n## 끝", [("skipped_heading", 1)]),
        ("# 값\n\n## 앱", [("title_heading", 1)]),
        ("```\n#### 손\n```", []),
    ],
)
def test_headings_come_one_level_after_the_other(
    body: str, found: list[tuple[str, int | None]]
) -> None:
    assert of_body(body) == found


def test_dead_links_say_why_and_stand_among_the_pictures_in_reading_order() -> None:
    links = [
        DeadLink(2, "/articles/없는-글/", "없는 글입니다."),
        DeadLink(8, "#끝", "없는 곳입니다."),
    ]
    found = problems(replace(READY, links=links, pictures=[Picture(5, "b.png")]))
    assert [(problem.code, problem.line) for problem in found] == [
        ("dead_link", 2),
        ("no_alt", 5),
        ("dead_link", 8),
    ]
    assert "없는 글입니다." in found[0].message
