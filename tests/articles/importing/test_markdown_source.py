from textwrap import dedent

import pytest

from articles.importing.documents import ImportFailure
from articles.importing.markdown_source import parse_markdown
from tests.articles.importing.documents import make_post


def test_a_typora_note_gives_its_fields() -> None:
    article = make_post(
        "![강](/../images/2024-05/river.jpg)\n\n## 하나",
        title='"강가의 하루"',
        date="2024-05-06",
        tags="[강, River]",
        typora__root__url="../",
    )
    assert (article.title, article.tags, article.image_root) == (
        "강가의 하루",
        ("강", "River"),
        "../",
    )
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-05-06T00:00:00+09:00"
    assert [image.reference for image in article.images] == ["/../images/2024-05/river.jpg"]


def test_a_jekyll_name_gives_date_and_slug() -> None:
    article = make_post(name="_posts/2024-05-06-강가의-하루.md", title="강")
    assert article.slug == "강가의-하루"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-05-06T00:00:00+09:00"


def test_front_matter_beats_the_file_name() -> None:
    article = make_post(name="2024-05-06-a.md", title="강", slug="river", date="2024-01-02 03:04")
    assert article.slug == "river"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-01-02T03:04:00+09:00"


def test_an_impossible_day_in_the_file_name_is_a_warning() -> None:
    article = make_post(name="2024-02-31-a.md", title="강")
    assert article.published_at is None
    assert "2024-02-31" in article.warnings[0]


def test_the_drafts_folder_holds_drafts() -> None:
    assert make_post(name="_drafts/a.md", title="강", published="true").status == "draft"


@pytest.mark.parametrize(
    "heading", ["# 강가의 **하루**", "강가의 하루\n====", "# 강가의 하루 {#a}"]
)
def test_without_front_matter_the_first_heading_is_the_title(heading: str) -> None:
    article = parse_markdown(f"{heading}\n\n본문이다.".encode(), "a.md")
    assert (article.title, article.body) == ("강가의 하루", "본문이다.")


def test_without_any_title_the_file_name_serves() -> None:
    article = parse_markdown("본문이다.".encode(), "강가의_하루.md")
    assert article.title == "강가의 하루"
    assert "file name" in article.warnings[0]


def test_a_heading_that_repeats_the_title_goes() -> None:
    assert make_post("# 강가\n\n본문이다.", title="강가").body == "본문이다."


@pytest.mark.parametrize(
    "noise",
    [
        "* TOC\n{:toc}",
        "1. 차례\n{:toc .wide}",
        "[TOC]",
        "[[toc]]",
        "{: .notice--info}",
        "<!-- more -->",
        "{::options toc_levels='1..3' /}",
    ],
)
def test_marks_of_other_systems_are_removed(noise: str) -> None:
    assert make_post(f"하나\n\n{noise}\n\n둘", title="강").body == "하나\n\n둘"


def test_attribute_lists_behind_links_are_removed() -> None:
    body = make_post('![강](a.png){: width="50%"} [글](b){:target="_blank"}', title="강").body
    assert body == "![강](a.png) [글](b)"


def test_markdown_inside_html_is_set_free_by_blank_lines() -> None:
    body = make_post('<div class="a" markdown="1">\n**강**은\n</div>\n뒤', title="강").body
    assert body == '<div class="a">\n\n**강**은\n\n</div>\n\n뒤'


def test_html_without_the_switch_stays_as_written() -> None:
    body = "<div>\n**강**은\n</div>"
    assert make_post(body, title="강").body == body


def test_code_keeps_blank_lines_and_marks() -> None:
    code = "```\n[TOC]\n\n\n\n{: .a}\n# 하나\n```"
    assert make_post(f"글\n\n\n\n{code}\n\n\n\n글", title="강").body == f"글\n\n{code}\n\n글"


def test_braces_without_front_matter_are_the_authors_own() -> None:
    assert "{{ name }}" in parse_markdown("# 틀\n\n{{ name }} 씨".encode(), "a.md").body


@pytest.mark.parametrize("label", ["## 3줄 요약", "**세 줄 요약**", "### 📌 3줄 요약:"])
def test_a_three_line_summary_is_lifted(label: str) -> None:
    article = make_post(f"앞\n\n{label}\n\n- **하나**는\n- 둘\n- 셋\n\n뒤", title="강")
    assert article.summary == ("하나는", "둘", "셋")
    assert article.body == "앞\n\n뒤"


@pytest.mark.parametrize(
    "items", ["- 하나\n- 둘", "- 하나\n- 둘\n- 셋\n- 넷", "- 하나\n  - 둘\n- 셋"]
)
def test_a_summary_of_another_length_stays_in_the_body(items: str) -> None:
    article = make_post(f"## 3줄 요약\n\n{items}", title="강")
    assert article.summary == ()
    assert article.body == f"## 3줄 요약\n\n{items}"


def test_our_own_export_comes_back_exactly() -> None:
    body = dedent(
        """\
        # 하나 {: .a}


        [TOC] {{ name }} {% raw %}

        ## 3줄 요약

        - 하나
        - 둘
        - 셋"""
    )
    article = make_post(body, title="강", generator="Pildam 1.0", summary="[가, 나, 다]")
    assert (article.body, article.summary, article.warnings) == (body, ("가", "나", "다"), ())


def test_a_document_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(ImportFailure, match="neither a title nor a body"):
        parse_markdown(b"---\nlayout: post\n---\n", "a.md")


def test_liquid_in_the_lead_image_is_resolved() -> None:
    article = make_post(title="강", image='"{{ site.url }}/images/a.jpg"')
    assert article.lead_image == "/images/a.jpg"


def test_a_bundle_is_named_by_its_folder() -> None:
    article = make_post(name="content/posts/2024-05-06-mill/index.md", title="강")
    assert article.slug == "mill"
    assert article.published_at is not None


def test_the_date_of_the_last_change_is_a_guess() -> None:
    article = make_post(title="강", lastmod="2024-05-06")
    assert article.published_at is not None
    assert article.guessed == {"published_at"}


def test_a_heading_amid_prose_is_no_title() -> None:
    article = parse_markdown("글이다.\n\n# 하나\n\n# 둘".encode(), "강가.md")
    assert (article.title, article.guessed) == ("강가", {"title"})


def test_a_notion_page_has_its_properties_below_the_title() -> None:
    source = "# 강가\n\n작성일: 2024년 5월 6일\n태그: 강, 물\n\n비고: 본문이다."
    article = parse_markdown(source.encode(), f"강가 {'0f' * 16}.md")
    assert (article.title, article.tags, article.body) == ("강가", ("강", "물"), "비고: 본문이다.")
    assert article.published_at is not None


def test_mdx_loses_its_components_and_keeps_their_content() -> None:
    source = "import A from './a'\n\n# 강\n\n<A b={1}>물</A>{/* 붙임 */}"
    article = parse_markdown(source.encode(), "a.mdx")
    assert (article.title, article.body, len(article.warnings)) == ("강", "물", 1)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (":::tip[이름]\n\n글\n\n:::", "> [!TIP] 이름\n> 글"),
        ("::: warning\n글\n:::", "> [!WARNING]\n> 글"),
        (":::: note\n::: tip 안\n글\n:::\n::::", "> [!NOTE]\n> > [!TIP] 안\n> > 글"),
        ("::: box\n글\n:::", "글"),
        (":::tip\n열린 채", ":::tip\n열린 채"),
        ("```\n:::tip\n:::\n```", "```\n:::tip\n:::\n```"),
        ('!!! danger "이름"\n    글\n\n    둘\n\n뒤', "> [!CAUTION] 이름\n> 글\n>\n> 둘\n\n뒤"),
    ],
)
def test_notices_of_other_tools_become_callouts(source: str, written: str) -> None:
    assert make_post(source, title="강").body == written


def test_mdx_loses_its_script_only() -> None:
    source = "export const A = () => {\n\n  return 1;\n};\n\n글 <A style={{a: 1}}>둘</A>\n"
    article = parse_markdown(source.encode(), "a.mdx")
    assert (article.body, len(article.warnings)) == ("글 둘", 2)


def test_a_note_named_by_its_day_is_of_that_day() -> None:
    article = parse_markdown("글이다.".encode(), "일지/2024-03-05.md")
    assert article.title == "2024-03-05"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2024-03-05T00:00:00+09:00"
