import time

import pytest

from articles.importing.documents import ImportedImage
from articles.importing.image_links import (
    find_images,
    rewrite_image_references,
    with_clean_targets,
)


@pytest.mark.parametrize(
    ("body", "image"),
    [
        ("![물레](/../images/mill.jpg)", ImportedImage("/../images/mill.jpg", "", "물레")),
        ('![](<강 가.png> "강가")', ImportedImage("강 가.png", "강가", "")),
        ("![물레](강 가 (1).png)", ImportedImage("강 가 (1).png", "", "물레")),
        ("![](a.png =300x200)", ImportedImage("a.png")),
        ("![물레][m]\n\n[m]: a.png '강가'", ImportedImage("a.png", "강가", "물레")),
        (
            "<img alt='A &amp; B' src=\"a.png\" style='zoom:50%'/>",
            ImportedImage("a.png", "", "A & B"),
        ),
        ("[![물레](a.png)](https://example.com)", ImportedImage("a.png", "", "물레")),
    ],
)
def test_images_are_found_in_every_form(body: str, image: ImportedImage) -> None:
    assert find_images(body) == (image,)


@pytest.mark.parametrize("body", ["`![](a.png)`", "```\n![](a.png)\n```", r"\![](", "[a](a.png)"])
def test_code_and_links_are_no_images(body: str) -> None:
    assert find_images(body) == ()


def test_images_come_in_order_and_once() -> None:
    body = '<img src="b.png"> ![](a.png) ![](b.png)'
    assert [image.reference for image in find_images(body)] == ["b.png", "a.png"]


def test_rewriting_changes_addresses_and_nothing_else() -> None:
    body = '![물레](a.png "강가") `![](a.png)` <img src="a.png" alt="a.png"> ![](b.png)'
    assert rewrite_image_references(body, {"a.png": "/media/새 것.png"}) == (
        '![물레](</media/새 것.png> "강가") `![](a.png)` '
        '<img src="/media/새 것.png" alt="a.png"> ![](b.png)'
    )


def test_spaced_addresses_are_put_into_angle_brackets() -> None:
    assert with_clean_targets("![](강 가.png) ![](a.png =30x20)") == "![](<강 가.png>) ![](a.png)"


@pytest.mark.parametrize("piece", ["![", "![](", "![a](b ", '![]( "', "<img ", "[a]: b\n", "`"])
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    started = time.thread_time()
    find_images(piece * 20_000)
    assert time.thread_time() - started < 2
