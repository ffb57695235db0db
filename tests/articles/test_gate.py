"""What the gate is told of an article: of the version that waits, as readers would see it."""

import pytest

from articles import gate
from articles.content import content_of
from tests.articles.desk import make_ready_draft
from tests.builders import make_article, make_image

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


def codes(article, **changes):
    problems = gate.problems_of(content_of(article) | changes)
    return [(problem.code, problem.field, problem.line) for problem in problems]


def test_a_whole_article_passes():
    assert codes(make_ready_draft(body="## 하나\n\n### 둘\n\n글")) == []


def test_what_is_missing_is_named_with_its_spot():
    found = codes(make_article(body="글"))
    assert found == [
        ("no_summary", "id_summary_1", None),
        ("no_author", "byline-group", None),
        ("no_category", "id_category", None),
    ]


def test_the_body_is_judged_line_by_line():
    make_article("있는 글")
    body = (
        "## 하나\n\n#### 건너뛴\n\n![](/media/images/a.webp)\n\n"
        "[있는](/articles/있는-글/) [없는](/articles/없는-글/) ![말](/media/images/b.webp)\n"
    )
    assert [code[::2] for code in codes(make_ready_draft(body=body))] == [
        ("skipped_heading", 3),
        ("no_alt", 5),
        ("dead_link", 7),
    ]


def test_a_decorative_picture_and_a_link_to_itself_are_fine():
    article = make_ready_draft(body="![](/media/images/a.webp){: .decorative}\n\n[나](#main)")
    slug = content_of(article)["slug"]
    assert codes(article, body=f"[나](/articles/{slug}/)") == []


def test_the_words_of_the_picture_do_for_the_lead_image():
    silent, spoken = make_image("말없는"), make_image("말하는", alt="공장의 물")
    assert codes(make_ready_draft(lead_image=silent)) == [
        ("no_lead_alt", "id_lead_image_alt", None)
    ]
    assert codes(make_ready_draft("둘", lead_image=spoken)) == []


def test_what_the_renderer_refuses_is_fatal():
    content = content_of(make_ready_draft()) | {"body": "가" * 200_000}
    [problem] = gate.problems_of(content)
    assert (problem.code, problem.is_fatal) == ("refused", True)


def test_of_what_is_gone_the_gate_says_that_it_is_missing():
    article = make_ready_draft()
    assert codes(article, category=999_999, authors=[999_999]) == [
        ("no_author", "byline-group", None),
        ("no_category", "id_category", None),
    ]
