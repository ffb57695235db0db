import pytest

from articles.importing.image_paths import candidates, is_remote


@pytest.mark.parametrize(
    ("reference", "document", "image_root", "expected"),
    [
        ("images/a.png", "post.md", "", "images/a.png"),
        ("./a.png", "posts/2025/post.md", "", "posts/2025/a.png"),
        ("../images/a.png", "_posts/post.md", "", "images/a.png"),
        ("/images/a.png", "_posts/post.md", "", "images/a.png"),
        ("/images/2025-07/a.jpg", "_posts/post.md", "../", "images/2025-07/a.jpg"),
        ("/../images/2025-07/a.jpg", "_posts/post.md", "../", "images/2025-07/a.jpg"),
        ("/../images/a.jpg", "_posts/post.md", "wrong/place", "images/a.jpg"),
        ("images/%EA%B7%B8%EB%A6%BC.png", "post.md", "", "images/그림.png"),
        ("images/a%20b.png?raw=true#top", "post.md", "", "images/a b.png"),
        ("..\\images\\a.png", "_posts/post.md", "", "images/a.png"),
        ("/img/a.png", "content/posts/b.md", "", "static/img/a.png"),
        ("/img/a.png", "source/_posts/b.md", "", "source/img/a.png"),
        ("a.png", "source/_posts/b.md", "", "source/_posts/b/a.png"),
        ("그림.png", "saved/page.txt", "", "saved/images/그림.png"),
    ],
)
def test_the_picture_is_among_the_candidates(reference, document, image_root, expected):
    assert expected in candidates(reference, document, image_root)


@pytest.mark.parametrize(
    ("reference", "image_root"),
    [
        ("../../../etc/passwd", ""),
        ("/etc/passwd", "../../../../"),
        ("a/../../../../etc/passwd", "/"),
        ("%2e%2e/%2e%2e/etc/passwd", ""),
    ],
)
def test_no_candidate_leaves_the_tree(reference, image_root):
    found = candidates(reference, "_posts/post.md", image_root)
    assert found
    assert not any(name.startswith(("/", "..")) for name in found)


@pytest.mark.parametrize("reference", ["https://a.kr/a.png", "//a.kr/a.png", "file:///a", "data:x"])
def test_other_places_are_remote(reference):
    assert is_remote(reference)
