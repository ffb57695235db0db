from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

import pytest

from articles.importing.checkouts import left_out_as
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.parsing import parse
from articles.importing.sources import Source


class Tree:
    """A folder whose files stand in a dictionary."""

    def __init__(self, **files: str) -> None:
        self.files = files

    def documents(self) -> list[str]:  # type: ignore[override]
        return sorted(name for name in self.files if name.endswith(".md"))

    def has(self, name: str) -> bool:
        return name in self.files

    def named(self, file_name: str) -> list[str]:
        return [name for name in self.files if PurePosixPath(name).name == file_name]

    def read(self, name: str) -> bytes:
        if name not in self.files:
            raise ImportFailure("not found")
        return self.files[name].encode()

    def open(self, name: str) -> BinaryIO:
        return BytesIO(self.read(name))


def read(name: str, text: str, **files: str) -> ImportedArticle:
    return parse(text.encode(), name, folder=Tree(**files))  # type: ignore[arg-type]


POST = "---\ntitle: 강\ndate: 2024-05-06 01:00:00 +0900\ncategories: [Essay]\n---\n본문"


@pytest.mark.parametrize(
    ("name", "config", "paths"),
    [
        ("_posts/2024-05-06-Mill.md", "permalink: pretty", "/essay/2024/05/06/Mill/"),
        ("_posts/2024-05-06-mill.md", "permalink: none", "/essay/mill.html"),
        ("_posts/2024-05-06-mill.md", "permalink: /:year-:i_month/:slug", "/2024-5/mill"),
        ("_posts/2024-05-06-mill.md", "name: a", "/essay/2024/05/06/mill.html"),
        ("강/_posts/2024-05-06-mill.md", "permalink: none", "/강/essay/mill.html"),
        ("source/_posts/mill.md", "root: /", "/2024/05/06/mill/"),
        ("source/_posts/mill.md", "permalink: ':category/:title.html'", "/essay/mill.html"),
        ("source/_posts/mill.md", "permalink: ':hash/'", ""),
    ],
)
def test_old_addresses_follow_the_blogs_pattern(name: str, config: str, paths: str) -> None:
    config += "\ntimezone: Asia/Seoul"
    assert read(name, POST, **{"_config.yml": config}).old_paths == ((paths,) if paths else ())


@pytest.mark.parametrize(
    ("name", "config", "path"),
    [
        ("content/posts/My Mill.md", "title = 'a'", "/posts/my-mill/"),
        ("content/posts/mill/index.md", "title = 'a'", "/posts/mill/"),
        ("content/posts/mill.md", "[permalinks]\nposts = '/:year/:slugorfilename/'", "/2024/mill/"),
        (
            "content/ko/posts/mill.md",
            "defaultContentLanguage = 'ko'\n[languages.ko]\nweight = 1",
            "/posts/mill/",
        ),
    ],
)
def test_hugo_names_posts_by_section(name: str, config: str, path: str) -> None:
    article = read(name, POST, **{"hugo.toml": f"timeZone = 'Asia/Seoul'\n{config}"})
    assert article.old_paths == (path,)


def test_the_blog_completes_what_its_posts_do_not_say() -> None:
    files = {
        "_config.yml": "url: https://a.github.io\nbaseurl: /blog\nauthor: {name: 한들}\ntimezone: Asia/Seoul\n"
        "defaults:\n- scope: {path: '', type: posts}\n  values: {category: 강}",
        "_data/authors.yml": "ga:\n  name: 가람",
    }
    body = "![물](https://a.github.io/blog/assets/a.png)"
    article = read("_posts/2024-05-06-a.md", f"---\ntitle: 글\nauthor: ga\n---\n{body}", **files)
    assert (article.authors, article.category) == (("가람",), "강")
    assert (article.site, article.body) == ("https://a.github.io", "![물](/assets/a.png)")
    assert article.old_paths == ("/강/2024/05/06/a.html", "/blog/강/2024/05/06/a.html")
    assert read("_posts/2024-05-06-b.md", "---\ntitle: 글\n---\n본문", **files).authors == ("한들",)


def test_links_between_notes_lead_to_their_documents() -> None:
    notes = {"강/물레 방아.md": "글", "a.md": "글"}
    body = "[[물레 방아|방아]] [[a#절]] [[없는 것]] [b](../a.md#c)"
    article = read("강/글.md", body, **notes)
    assert article.body == "[방아](</강/물레 방아.md>) [a 절](/a.md#절) 없는 것 [b](/a.md#c)"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("README.md", "# 글", "notes on a blog's code"),
        ("_includes/a.html", "<p>", "files of a theme or tool"),
        ("node_modules/a/b.md", "글", "files of a theme or tool"),
        ("tags.md", "---\ntitle: a\n---\n", "lists of posts"),
        ("index.md", "---\nlayout: home\n---\n", "lists of posts"),
        ("_tabs/about.md", "---\ntitle: a\n---\n{% include a.html %}", "pages without a text"),
        ("_tabs/about.md", "---\ntitle: a\n---\n안녕하세요.", None),
        ("_posts/2024-05-06-readme.md", "글", None),
        ("_recipes/a.md", "글", None),
    ],
)
def test_what_is_no_article_of_a_blog_is_left_out(name: str, text: str, kind: str | None) -> None:
    tree = Tree(**{"_config.yml": "title: a", name: text})
    source = Source(name, name, name, tree)  # type: ignore[arg-type]
    assert left_out_as(source, takes_pages=True) == kind
    if name.startswith("_tabs"):
        assert left_out_as(source, takes_pages=False) == "pages"


def test_outside_of_a_blog_every_document_is_an_article() -> None:
    source = Source("README.md", "README.md", "README.md", Tree(**{"README.md": "글"}))  # type: ignore[arg-type]
    assert left_out_as(source, takes_pages=True) is None


@pytest.mark.parametrize(
    ("name", "beside", "kind"),
    [
        ("README.md", "hugo.toml", "notes on a blog's code"),
        ("layouts/_default/single.html", "config/_default/hugo.yaml", "files of a theme or tool"),
        ("content/post/mill/part.md", "content/post/mill/index.md", "parts of a page bundle"),
        ("themes/a/exampleSite/content/post/b.md", "hugo.toml", "files of a theme or tool"),
        ("README.md", "docusaurus.config.js", "notes on a blog's code"),
        ("static/a.html", "package.json", "files of a theme or tool"),
        ("blog/a.mdx", "package.json", None),
    ],
)
def test_sites_are_known_by_the_files_of_their_tools(
    name: str, beside: str, kind: str | None
) -> None:
    files = {"hugo.toml" if beside.endswith("index.md") else beside: "", beside: "", name: "글이다"}
    source = Source(name, name, name, Tree(**files))
    assert left_out_as(source, takes_pages=True) == kind


@pytest.mark.parametrize(
    ("name", "beside", "matter", "status"),
    [
        ("_posts/2024-05-06-a.md", "_config.yml", "title: 강", "published"),
        ("_posts/2024-05-06-a.md", "_config.yml", "published: false", "draft"),
        ("content/post/a.md", "hugo.toml", "date: 2024-05-06", "published"),
        ("content/post/a.md", "hugo.toml", "title: 강", ""),
        ("blog/a.md", "package.json", "date: 2024-05-06", "published"),
        ("a.md", "b.md", "date: 2024-05-06", ""),
    ],
)
def test_what_generators_publish_unasked_was_published(
    name: str, beside: str, matter: str, status: str
) -> None:
    article = read(name, f"---\n{matter}\n---\n본문", **{beside: ""})
    assert (article.status, article.is_withheld) == (status, status == "draft")
