"""Python-Markdown set up for our dialect.

Its inline engine and serialiser stay.  Its block parser is replaced: it wants four spaces and
blank lines where authors, who check their drafts in Typora and on GitHub, use two and none.
"""

from collections.abc import Iterable
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    HTML_RE,
    AutolinkInlineProcessor,
    EscapeInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.postprocessors import RawHtmlPostprocessor

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
_LINE_BREAK = r"(?:(?<! ) {2,}+|\\)(?=\n.)"


def make_markdown(
    deadline: Deadline, *, highlights: bool = True, notes_lines: bool = False
) -> Markdown:
    """A converter for one document.  It keeps state and must not be used twice.

    With `notes_lines` elements carry the lines they come from; see `source_lines`.
    """
    highlighter = CodeHighlighter(deadline, is_enabled=highlights)
    return Markdown(
        extensions=[EssayExtension(deadline, highlighter, notes_lines=notes_lines)],
        output_format="html",
    )


class EssayExtension(Extension):
    """Registers the rules of the dialect."""

    def __init__(
        self, deadline: Deadline, highlighter: CodeHighlighter, *, notes_lines: bool
    ) -> None:
        super().__init__()
        self._deadline = deadline
        self._highlighter = highlighter
        self._notes_lines = notes_lines

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Called by Python-Markdown once, when the converter is made."""
        builder = TreeBuilder(md, self._highlighter, notes_lines=self._notes_lines)
        md.ESCAPED_CHARS = list(ESCAPABLE)
        md.parser = EssayBlockParser(md, builder, self._deadline)
        for name in ("normalize_whitespace", "html_block"):
            md.preprocessors.deregister(name)
        md.treeprocessors.register(LayoutTreeprocessor(md), "prettify", 10)
        md.postprocessors.register(_RawHtmlPostprocessor(md), "raw_html", 30)
        md.treeprocessors.register(FootnoteTreeprocessor(md), "footnotes", 15)
        md.treeprocessors.register(FigureTreeprocessor(md), "figures", 14)
        if self._notes_lines:
            md.treeprocessors.register(SourceLineTreeprocessor(md), "source_lines", 13)
        self._register_inline_rules(md, builder)

    def _register_inline_rules(self, md: Markdown, builder: TreeBuilder) -> None:
        rules = md.inlinePatterns
        for name in ("reference", "image_reference", "short_reference", "short_image_ref"):
            rules.deregister(name)
        rules.deregister("entity")
        deadline, references = self._deadline, builder.references
        rules.register(CodeSpanProcessor(md, deadline), "backtick", 190)
        rules.register(EscapeInlineProcessor(_ESCAPE, md), "escape", 180)
        rules.register(FootnoteReferenceProcessor(md, builder.notes), "footnote", 170)
        # Pictures first: in `![가][나]` the second brackets are not a link of their own.
        rules.register(ImageProcessor(md, deadline, references), "image_link", 160)
        rules.register(LinkProcessor(md, deadline, references), "link", 150)
        rules.register(AutolinkInlineProcessor(_AUTOLINK, md), "autolink", 120)
        rules.register(MailProcessor(md), "automail", 110)
        rules.register(SubstituteTagInlineProcessor(_LINE_BREAK, "br"), "linebreak", 100)
        rules.register(RawHtmlProcessor(HTML_RE, md), "html", 90)
        rules.register(BareLinkProcessor(md, deadline), "bare_link", 85)
        rules.register(EmphasisProcessor(md, deadline), "em_strong", 60)
        # Behind links before addresses and marks in a list's values are read, then behind emphasis.
        rules.register(AttributesProcessor(md), "attributes", 145)
        rules.register(AttributesProcessor(md), "emphasis_attributes", 50)


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
