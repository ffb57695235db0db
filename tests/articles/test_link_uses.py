"""The links of a text and their lines, as the renderer would read it."""

import re

import pytest

from articles.markup.link_uses import LinkUse, link_uses
from articles.rendering import render

pytestmark = pytest.mark.any_engine

TEXT = """\
# [제목](/a/) 뒤

첫 줄
둘째 줄의 [글](/articles/옛-글/ "설명")과 <https://pildam.example/b/>을 봅니다.

> 인용 속 [링크][나]
> - 목록 속 [나]

    [코드](/code/)

```
[코드](/code/)
```

`[코드](/code/)` \\[아님](/no/) ![그림](/media/images/x.webp) [![그림](x.png)](/c/)

| 머리 [하나](#하나) | 둘 |
|---|---|
| 칸 | [둘](../둘/) |

<div>
<a class="x" href="/raw/?a=1&amp;b=2">날 <b>링크</b></a>
</div>

각주[^1]와 https://pildam.example/tags/가/ 봅니다.

[나]: /나/ "제목"

[^1]: 각주 속 [링크](/note\\_1/)

밑줄 [제목](/under/)
====
"""


def test_every_link_is_found_with_its_line() -> None:
    assert link_uses(TEXT) == [
        LinkUse(1, "/a/", "제목"),
        LinkUse(4, "/articles/옛-글/", "글"),
        LinkUse(4, "https://pildam.example/b/", "https://pildam.example/b/"),
        LinkUse(6, "/나/", "링크"),
        LinkUse(7, "/나/", "나"),
        LinkUse(15, "/c/", "![그림](x.png)"),
        LinkUse(17, "#하나", "하나"),
        LinkUse(19, "../둘/", "둘"),
        LinkUse(22, "/raw/?a=1&b=2", "날 링크"),
        LinkUse(25, "https://pildam.example/tags/가/", "https://pildam.example/tags/가/"),
        LinkUse(29, "/note_1/", "링크"),
        LinkUse(31, "/under/", "제목"),
    ]


def test_the_renderer_makes_as_many_links() -> None:
    shown = re.findall(r'<a href="(?!#fn)', render(TEXT).html)
    assert len(shown) == len(link_uses(TEXT))


@pytest.mark.parametrize("body", ["", "[", "[a](", "``[a](/b/)``", "[a]", "<a href=", "![a](/b/)"])
def test_what_is_no_link_is_none(body: str) -> None:
    assert link_uses(body) == []


def test_a_backtick_that_is_escaped_hides_nothing() -> None:
    assert link_uses("\\`[가](/a/)`") == [LinkUse(1, "/a/", "가")]
