"""Builders of source documents for the tests of the importer's parsers."""

from pathlib import Path

from articles.importing.documents import ImportedArticle
from articles.importing.markdown_source import parse_markdown
from articles.importing.parsing import parse
from articles.importing.text_source import parse_text

PAGES = Path(__file__).parent / "pages"

PARAGRAPH = (
    "강가의 작은 마을에는 오래된 방앗간이 하나 있었다. 물레는 멈춘 지 오래였지만 사람들은 "
    "여전히 그 앞을 만남의 장소로 삼았고, 아이들은 그늘에서 해가 질 때까지 놀았다."
)


def parse_page(name: str) -> ImportedArticle:
    """Parse a saved page of the folder `pages` as an import would."""
    return parse((PAGES / name).read_bytes(), name)


def make_post(
    body: str = "본문이다.", *, name: str = "post.md", **front_matter: str
) -> ImportedArticle:
    """Parse a Markdown post; each value of `front_matter` is YAML; `__` in a key stands for `-`."""
    lines = [f"{key.replace('__', '-')}: {value}" for key, value in front_matter.items()]
    source = "\n".join(["---", *lines, "---", "", body])
    return parse_markdown(source.encode(), name)


def make_page(*blocks: str) -> ImportedArticle:
    """Parse a page of blocks with a blank line between them."""
    return parse_text("\n\n".join(blocks).encode(), "page.txt")


def blocks_of(article: ImportedArticle, *, starting: str) -> list[str]:
    """Return the blocks of the body that begin with `starting`."""
    return [block for block in article.body.split("\n\n") if block.startswith(starting)]


def paragraphs_of(article: ImportedArticle) -> list[str]:
    """Return the blocks of the body that are plain paragraphs."""
    marks = ("#", ">", "!", "- ", "1. ")
    return [block for block in article.body.split("\n\n") if not block.startswith(marks)]
