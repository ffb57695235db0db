"""The blocks of an article read from a saved page, and how they are written as Markdown."""

from dataclasses import dataclass, field
from enum import Enum, auto

from articles.importing import plain_markdown
from articles.importing.documents import ImportedImage


class BlockKind(Enum):
    PARAGRAPH = auto()
    HEADING = auto()
    LIST = auto()
    NUMBERED = auto()
    IMAGE = auto()
    TABLE = auto()
    CALLOUT = auto()
    RULE = auto()


@dataclass(slots=True)
class Block:
    """A block of text; `lines` are plain text, an image's are its file name and caption.

    A table's are its rows, with tabs between the cells.

    A callout's first line is its title.
    """

    kind: BlockKind
    lines: list[str]


@dataclass(slots=True)
class Body:
    """The blocks of an article and what its lines told besides."""

    blocks: list[Block] = field(default_factory=list)
    summary: tuple[str, ...] = ()
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def images_of(body: Body) -> tuple[ImportedImage, ...]:
    """Return the pictures of the body, each once."""
    found: dict[str, ImportedImage] = {}
    for block in body.blocks:
        if block.kind is BlockKind.IMAGE:
            name, caption = block.lines
            found.setdefault(name, ImportedImage(name, caption, caption))
    return tuple(found.values())


def to_markdown(body: Body) -> str:
    """Return the body as Markdown in which every character stands for itself."""
    return "\n\n".join(_block_markdown(block) for block in body.blocks)


def _block_markdown(block: Block) -> str:
    lines = block.lines
    match block.kind:
        case BlockKind.HEADING:
            return plain_markdown.heading(lines[0])
        case BlockKind.IMAGE:
            return plain_markdown.image(lines[0], lines[1])
        case BlockKind.LIST:
            return "\n".join(f"- {plain_markdown.escaped_line(line)}" for line in lines)
        case BlockKind.NUMBERED:
            return "\n".join(
                f"{number}. {plain_markdown.escaped_line(line)}"
                for number, line in enumerate(lines, start=1)
            )
        case BlockKind.TABLE:
            return plain_markdown.table([line.split("\t") for line in lines])
        case BlockKind.CALLOUT:
            title, *text = (plain_markdown.escaped_line(line) for line in lines)
            return "\n".join([f"> [!INSIGHT] {title}", *(f"> {line}" for line in text)])
        case BlockKind.RULE:
            return "* * *"
        case BlockKind.PARAGRAPH:
            # Two spaces keep the short lines of verse and dialogue apart.
            return "  \n".join(plain_markdown.escaped_line(line) for line in lines)
