import pytest

from tests.articles.importing.documents import make_post


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ("강이다.\n{: .notice--info}", "> [!NOTE]\n> 강이다."),
        ("`강`이다.\n{: .notice--danger }", "> [!CAUTION]\n> `강`이다."),
        ("> 강이다.\n마을이다.\n{: .prompt-tip }", "> [!TIP]\n> 강이다.\n> 마을이다."),
        ("{: .warning }\n> 강이다.", "> [!WARNING]\n> 강이다."),
        (
            '<div class="notice--primary" markdown="1">\n- 강\n  - 물\n\n```\n{{ x }}\n```\n</div>',
            "> [!NOTE]\n> - 강\n>   - 물\n>\n> ```\n> {{ x }}\n> ```",
        ),
        ("| 강 |\n|---|\n{: .notice}", "| 강 |\n|---|"),
        ("가운데다.\n{: .text-center}", "가운데다."),
        ("[강](#){: .btn }{: .right}", "[강](#)"),
        ("```\n강\n{: .notice}\n```", "```\n강\n{: .notice}\n```"),
    ],
)
def test_notices_become_callouts_and_other_attributes_go(source: str, body: str) -> None:
    assert make_post(source, title="글").body == body


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ('![강](/a.png){: w="7" }\n_물가_', '![강](/a.png "물가")'),
        ("![강](/a.png)\n*출처: [물](/b)*", "![강](/a.png)\n▲ 출처: [물](/b)"),
        ("![강](/a.png) 글\n_물가_", "![강](/a.png) 글\n_물가_"),
    ],
)
def test_italics_below_a_picture_are_its_caption(source: str, body: str) -> None:
    assert make_post(source, title="글").body == body


def test_definitions_become_a_list_of_their_own() -> None:
    body = make_post("강\n: **물**이다.\n\n글", title="글").body
    assert body == "<dl>\n<dt>\n\n강\n\n</dt>\n<dd>\n\n**물**이다.\n\n</dd>\n</dl>\n\n글"


def test_abbreviations_are_left_out_with_a_warning() -> None:
    article = make_post("강 HTML\n\n*[HTML]: 말", title="글")
    assert (article.body, len(article.warnings)) == ("강 HTML", 1)
