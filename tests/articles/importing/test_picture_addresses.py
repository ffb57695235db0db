import pytest

from articles.importing.picture_addresses import original


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "//img1.daumcdn.net/thumb/R1280x0/?scode=mtistory2&fname=https%3A%2F%2Fblog.kakaocdn.net%2Fdn%2Fa%2Fimg.png",
            "https://blog.kakaocdn.net/dn/a/img.png",
        ),
        (
            "https://img1.daumcdn.net/thumb/C1x1/?fname=//t1.daumcdn.net/b.jpg",
            "https://t1.daumcdn.net/b.jpg",
        ),
        (
            "https://img1.daumcdn.net/thumb/C1x1/?fname=javascript:alert(1)",
            "https://img1.daumcdn.net/thumb/C1x1/?fname=javascript:alert(1)",
        ),
        (
            "https://postfiles.pstatic.net/a.jpg?type=w80_blur",
            "https://postfiles.pstatic.net/a.jpg?type=w966",
        ),
        (
            "https://mblogthumb-phinf.pstatic.net/a.png?type=",
            "https://mblogthumb-phinf.pstatic.net/a.png?type=w966",
        ),
        (
            "https://dthumb-phinf.pstatic.net/?src=%22x%22&type=f1",
            "https://dthumb-phinf.pstatic.net/?src=%22x%22&type=f1",
        ),
        ("https://example.com/a.jpg?type=w80", "https://example.com/a.jpg?type=w80"),
        ("http://[broken?fname=x", "http://[broken?fname=x"),
        ("//example.com/a.jpg", "https://example.com/a.jpg"),
    ],
)
def test_original(address: str, expected: str) -> None:
    assert original(address) == expected
