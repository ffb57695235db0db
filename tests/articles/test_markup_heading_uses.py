import pytest

from articles.markup.heading_uses import HeadingUse, heading_uses

pytestmark = pytest.mark.any_engine

BODY = """\
첫 문단이다.

## 1. 값은 어디서 오는가 ##

```markdown
## 코드 속의 제목
```

<div>
## HTML 속의 제목
</div>

두 줄로 쓴
제목
----

    ## 들여 쓴 코드

> ### 인용 속의 **제목** {#quoted}

#해시태그는 제목이 아니다
"""


def test_headings_are_found_on_their_source_lines() -> None:
    assert heading_uses(BODY) == [
        HeadingUse(3, 2, "1. 값은 어디서 오는가"),
        HeadingUse(13, 2, "두 줄로 쓴 제목"),
        HeadingUse(19, 3, "인용 속의 **제목**"),
    ]


def test_line_ends_of_a_form_count_once() -> None:
    assert heading_uses("가\r\n\r\n# 나\r\n") == [HeadingUse(3, 1, "나")]
