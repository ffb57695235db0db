"""Python-Markdown set up for our dialect.

Its inline engine and serialiser stay.  Its block parser is replaced: it wants four spaces and
blank lines where authors, who check their drafts in Typora and on GitHub, use two and none.
"""

from collections.abc import Callable, Iterable
from typing import Self
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    HTML_RE,
    AutolinkInlineProcessor,
    EscapeInlineProcessor,
    InlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.postprocessors import RawHtmlPostprocessor, build_postprocessors
from markdown.treeprocessors import build_treeprocessors
from markdown.util import Registry

from articles.markup.bare_links import BareLinkProcessor, MailProcessor
from articles.markup.code import CodeHighlighter, CodeSpanProcessor
from articles.markup.emphasis import EmphasisProcessor
from articles.markup.escapes import ESCAPABLE
from articles.markup.figures import FigureTreeprocessor
from articles.markup.footnotes import FootnoteReferenceProcessor, FootnoteTreeprocessor
from articles.markup.kramdown import AttributesProcessor
from articles.markup.layout import LayoutTreeprocessor
from articles.markup.limits import Deadline
from articles.markup.links import ImageProcessor, LinkProcessor
from articles.markup.parser import parse_blocks
from articles.markup.raw_html import RawHtmlProcessor
from articles.markup.source_lines import SourceLineTreeprocessor
from articles.markup.tree import TreeBuilder

_ESCAPE = r"\\([!-/:-@\[-`{-~])"
_AUTOLINK = r"<((?:https?|ftp|mailto|tel):[^\s<>]+)>"
_InlineRule = tuple[int, tuple[str, ...], Callable[[], InlineProcessor]]

_LINE_BREAK = r"(?:(?<! ) {2,}+|\\)(?=\n.)"


def make_markdown(
    source: str, deadline: Deadline, *, highlights: bool = True, notes_lines: bool = False
) -> Markdown:
    """A converter for one document, this one.  It keeps state and must not be used twice.

    With `notes_lines` elements carry the lines they come from; see `source_lines`.
    """
    highlighter = CodeHighlighter(deadline, is_enabled=highlights)
    return _EssayMarkdown(
        extensions=[_EssayExtension(source, deadline, highlighter, notes_lines=notes_lines)],
        output_format="html",
    )


class _EssayMarkdown(Markdown):
    """Begins with no more of Python-Markdown than stays; the extension adds our rules."""

    def build_parser(self) -> Self:
        self.preprocessors = Registry()
        self.parser = BlockParser(self)
        self.inlinePatterns = Registry()
        self.treeprocessors = build_treeprocessors(self)
        self.postprocessors = build_postprocessors(self)
        return self


class _EssayExtension(Extension):
    """Registers the rules of the dialect that the source has use for."""

    def __init__(
        self, source: str, deadline: Deadline, highlighter: CodeHighlighter, *, notes_lines: bool
    ) -> None:
        super().__init__()
        self._source = source
        self._deadline = deadline
        self._highlighter = highlighter
        self._notes_lines = notes_lines

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Called by Python-Markdown once, when the converter is made."""
        builder = TreeBuilder(md, self._highlighter, notes_lines=self._notes_lines)
        md.ESCAPED_CHARS = list(ESCAPABLE)
        md.parser = EssayBlockParser(md, builder, self._deadline)
        md.treeprocessors.register(LayoutTreeprocessor(md), "prettify", 10)
        md.postprocessors.register(_RawHtmlPostprocessor(md), "raw_html", 30)
        md.treeprocessors.register(FootnoteTreeprocessor(md), "footnotes", 15)
        md.treeprocessors.register(FigureTreeprocessor(md), "figures", 14)
        if self._notes_lines:
            md.treeprocessors.register(SourceLineTreeprocessor(md), "source_lines", 13)
        for name, (priority, signs, make) in self._inline_rules(md, builder).items():
            # A rule looks at every text of the tree, and finds nothing without its signs.
            if any(sign in self._source for sign in signs):
                md.inlinePatterns.register(make(), name, priority)

    def _inline_rules(self, md: Markdown, builder: TreeBuilder) -> dict[str, _InlineRule]:
        """By name, how early a rule is applied, of which signs it needs one, and how it is made."""
        deadline, references = self._deadline, builder.references
        return {
            "backtick": (190, ("`",), lambda: CodeSpanProcessor(md, deadline)),
            "escape": (180, ("\\",), lambda: EscapeInlineProcessor(_ESCAPE, md)),
            "footnote": (170, ("[^",), lambda: FootnoteReferenceProcessor(md, builder.notes)),
            # Pictures first: in `![가][나]` the second brackets are not a link of their own.
            "image_link": (160, ("![",), lambda: ImageProcessor(md, deadline, references)),
            "link": (150, ("[",), lambda: LinkProcessor(md, deadline, references)),
            # Behind links before addresses and marks in a list's values are read.
            "attributes": (145, ("{:",), lambda: AttributesProcessor(md)),
            "autolink": (120, ("<",), lambda: AutolinkInlineProcessor(_AUTOLINK, md)),
            "automail": (110, ("<",), lambda: MailProcessor(md)),
            "linebreak": (
                100,
                ("  \n", "\\\n"),
                lambda: SubstituteTagInlineProcessor(_LINE_BREAK, "br"),
            ),
            "html": (90, ("<",), lambda: RawHtmlProcessor(HTML_RE, md)),
            "bare_link": (85, ("://",), lambda: BareLinkProcessor(md, deadline)),
            "em_strong": (60, ("*", "_", "~"), lambda: EmphasisProcessor(md, deadline)),
            # Then behind emphasis.
            "emphasis_attributes": (50, ("{:",), lambda: AttributesProcessor(md)),
        }


class _RawHtmlPostprocessor(RawHtmlPostprocessor):
    """Puts raw HTML back in place of the paragraph that carried it."""

    def isblocklevel(self, html: str) -> bool:
        return True


class EssayBlockParser(BlockParser):
    """Builds the element tree with our block rules in place of Python-Markdown's."""

    def __init__(self, md: Markdown, builder: TreeBuilder, deadline: Deadline) -> None:
        super().__init__(md)
        self._builder = builder
        self._deadline = deadline

    def parseDocument(self, lines: Iterable[str]) -> ElementTree.ElementTree:  # noqa: N802
        """The tree of a whole document."""
        source = list(lines)
        if source and not source[-1]:
            # What follows the last line feed is not a line.
            source.pop()
        document = parse_blocks(source, self._deadline)
        return ElementTree.ElementTree(self._builder.build(document, self.md.doc_tag))
