"""The tags of Hexo and its themes, `{% asset_img … %}` and `{% note %}`, in Markdown."""

from __future__ import annotations

import re

from articles.importing.tag_arguments import (
    Arguments,
    callout,
    details,
    fence,
    film,
    link,
    markdown_image,
    quoted,
)

# Tags that enclose something, for which an end is looked for.
PAIRED = frozenset(
    [
        "codeblock",
        "code",
        "blockquote",
        "quote",
        "pullquote",
        "note",
        "notel",
        "subnote",
        "cq",
        "centerquote",
        "hideToggle",
        "folding",
        "hideBlock",
        "spoiler",
        "details",
        "tabs",
        "timeline",
        "mermaid",
        "gallery",
    ]
)
_ADDRESS = re.compile(r"(?:https?://|/)\S+")
_SIZE = re.compile(r"\d{1,5}(?:px|%)?")


def hexo_pair(name: str, rest: str, content: str) -> str | None:
    """Return what stands for a pair of tags and its content, None where it is not Hexo's."""
    if name in ("blockquote", "quote", "pullquote", "cq", "centerquote"):
        by = rest.strip()
        text = "\n".join(line.strip() for line in content.strip("\n").split("\n"))
        return f"\n\n{quoted(text + (f'{chr(10)}{chr(10)}— {by}' if by else ''))}\n\n"
    if name in ("note", "notel", "subnote"):
        words = rest.split()
        return callout(words[0] if words else "note", content)
    if name in ("hideToggle", "folding", "hideBlock", "spoiler", "details"):
        return details(rest.split(",")[0].strip("\"' "), content)
    if name == "mermaid":
        return "\n" + fence(content, name) + "\n"
    return content if name in ("tabs", "timeline", "gallery") else None


def hexo_tag(name: str, rest: str) -> str | None:
    """Return what stands for a single tag, None where it is not Hexo's."""
    given = Arguments(rest)
    if name in ("asset_img", "img", "image", "asset_path"):
        return _picture(name, given)
    if name == "asset_link" and given.unnamed:
        return link(" ".join(given.unnamed[1:]) or given.unnamed[0], given.unnamed[0])
    if name in ("youtube", "vimeo"):
        return film(name, given.first("id")) or None
    if name == "link" and (address := re.search(r"https?://\S+", rest)):
        return link(rest[: address.start()].strip("\"', ") or "", address[0].strip("\"',"))
    if name in ("iframe", "video", "audio", "btn", "button", "pdf", "dplayer"):
        found = _ADDRESS.search(rest)
        words = rest.replace(found[0], "").split(",") if found else []
        return link(" ".join("".join(words).split()), found[0].strip("\"',")) if found else None
    if name == "gist" and given.unnamed:
        return link("", f"https://gist.github.com/{given.unnamed[0]}")
    if name in ("twitter", "tweet") and given.first().startswith("http"):
        return link("", given.first())
    return _marked(name, rest)


def _marked(name: str, rest: str) -> str | None:
    """Return the words that a tag of a theme only colours."""
    if name in ("label", "mark", "hideInline", "emp", "u", "wavy", "kbd", "span"):
        return re.sub(r"^\w+[@,]?\s*", "", rest) if "@" in rest or name == "span" else rest.strip()
    return None


def _picture(name: str, given: Arguments) -> str | None:
    """Return the picture: classes may stand before its name, sizes and words behind it."""
    for index, word in enumerate(given.unnamed):
        if re.search(r"\.(?:png|jpe?g|gif|webp|avif|bmp|svg)$", word, re.IGNORECASE):
            if name == "asset_path":
                return word
            words = [each for each in given.unnamed[index + 1 :] if not _SIZE.fullmatch(each)]
            # What stands in quotes is a title, or a title and a description, in quotes again.
            inner = re.findall(r"[\"']([^\"']+)[\"']", words[0]) if words else []
            title, *rest = inner or [" ".join(words), ""]
            return markdown_image(word, "".join(rest) or title, title)
    return None
