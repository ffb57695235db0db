import pytest

from articles.importing import plain_markdown
from articles.rendering import render


@pytest.mark.parametrize(
    "text",
    [
        "별 *하나* 둘 **셋** a_b _강조_ __init__",
        "# 표가 아닌 글",
        "1. 목록이 아닌 글",
        "- 아닌 글",
        "+ 아닌 글",
        "> 인용이 아닌 글",
        "~~지우지 않은~~ 글, 1~2시",
        "`코드` 아님",
        "<b>굵게</b> &lt; &amp;",
        "[글](주소) [^1] ![그림](a.png)",
        "[글]: 주소",
        "---",
        "===",
        "C:\\집\\*",
        "{: .a} {#b}",
        "| 칸 | 칸 |",
        "/// caption",
        "끝에 역슬래시\\",
    ],
)
def test_plain_text_renders_as_written(text: str) -> None:
    html = render(f"앞글\n\n{plain_markdown.escaped_line(text)}\n\n뒷글").html
    expected = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f"<p>{expected}</p>" in html


@pytest.mark.parametrize("text", ["C#의 시작 C#", "1. 시작", "a # b ##"])
def test_headings_render_as_written(text: str) -> None:
    assert f">{text}<" in render(plain_markdown.heading(text)).html


def test_web_addresses_are_left_usable() -> None:
    assert plain_markdown.escaped("https://example.com/a_b_*c") == "https://example.com/a_b_*c"


def test_image_names_with_spaces_stand_in_angle_brackets() -> None:
    image = plain_markdown.image("강 가.png", '강 "가"')
    assert image == '![강 "가"](<강 가.png> "강 &quot;가&quot;")'
