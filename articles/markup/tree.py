"""Turns the tree of blocks into the element tree that Python-Markdown's inline rules work on."""

import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.util import AtomicString, code_escape

from articles.markup import footnotes
from articles.markup.blocks import (
    Block,
    Document,
    Fence,
    FootnoteDefinition,
    Heading,
    HtmlBlock,
    IndentedCode,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from articles.markup.callouts import Callout, take_callout
from articles.markup.code import CodeHighlighter, language_class, parse_language
from articles.markup.kramdown import ATTRIBUTE_LIST, split_heading
from articles.markup.limits import (
    MAX_INLINE_COST,
    MAX_MARKS_PER_TEXT,
    MAX_TABLE_CELLS,
    RenderingError,
)
from articles.markup.marks import marked
from articles.markup.references import Reference, normalise_label, take_definitions
from articles.markup.source_lines import note_line
from articles.markup.tables import fit_row, split_row

# What inline rules look for: runs of marks, line breaks and addresses.
_MARKS = re.compile(r"[*_~`]+|[\[<&\\!]|(?<! ) {2,}+\n|://")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
# Lines for kramdown (`{: .notice}`) and Typora (`[TOC]`) are instructions, not text.
_INSTRUCTION = re.compile(rf"(?:{ATTRIBUTE_LIST}|\[toc\])[ \t]*$", re.IGNORECASE)
_HEADING_ID = re.compile(r"#([\w-]+)")
_LINE_END_SPACE = re.compile(r"(?<=[^ \n]) (?=\n)")


class TreeBuilder:
    """Builds the elements of one document.

    `references` and `notes` are filled on the way; inline rules read them afterwards.
    """

    def __init__(
        self, md: Markdown, highlighter: CodeHighlighter, *, notes_lines: bool = False
    ) -> None:
        self._md = md
        self._highlighter = highlighter
        self._notes_lines = notes_lines
        self._cells = 0
        self.references: dict[str, Reference] = {}
        self.notes: dict[str, FootnoteDefinition] = {}
        self._builders: dict[type[Block], Callable[[ElementTree.Element, Any], None]] = {
            Fence: self._add_fence,
            FootnoteDefinition: self._keep_note,
            Heading: self._add_heading,
            HtmlBlock: self._add_html,
            IndentedCode: self._add_indented_code,
            ListBlock: self._add_list,
            Paragraph: self._add_paragraph,
            Quote: self._add_quote,
            Rule: self._add_rule,
            Table: self._add_table,
        }

    def build(self, document: Document, tag: str) -> ElementTree.Element:
        """The root element, named `tag`, with all blocks below it."""
        root = ElementTree.Element(tag)
        self._add_blocks(root, document.children)
        if self.notes:
            notes = footnotes.make_section(root)
            # Notes defined inside notes join the list while it is walked.
            done: set[str] = set()
            while pending := [label for label in self.notes if label not in done]:
                for label in pending:
                    self._add_blocks(footnotes.make_note(notes, label), self.notes[label].children)
                    done.add(label)
        return root

    def _add_blocks(self, parent: ElementTree.Element, blocks: Sequence[Block]) -> None:
        for block in blocks:
            self._add_block(parent, block)

    def _add_block(self, parent: ElementTree.Element, block: Block) -> None:
        count = len(parent)
        self._builders[type(block)](parent, block)
        # Raw HTML replaces its paragraph, which must stay as Python-Markdown knows it.
        if self._notes_lines and len(parent) > count and not isinstance(block, HtmlBlock):
            note_line(parent[count], block.first_line)

    def _add_paragraph(self, parent: ElementTree.Element, block: Paragraph) -> None:
        text = self._paragraph_text(block)
        if text:
            ElementTree.SubElement(parent, "p").text = text

    def _paragraph_text(self, block: Paragraph) -> str:
        text = take_definitions(block.text, self.references)
        if "{:" in text or "[" in text:
            text = "\n".join(
                line for line in text.split("\n") if not _INSTRUCTION.match(line)
            ).strip("\n")
        return self._inline(text)

    def _inline(self, text: str) -> str:
        """Text for the inline rules, refused when they would take too long over it."""
        marks = len(_MARKS.findall(text))
        if not marks:
            return AtomicString(text)
        if marks > MAX_MARKS_PER_TEXT or marks * len(text) > MAX_INLINE_COST:
            raise RenderingError("한 문단에 꾸밈 기호가 너무 많습니다. 문단을 나누어 주세요.")
        return _LINE_END_SPACE.sub("", text)

    def _add_heading(self, parent: ElementTree.Element, block: Heading) -> None:
        text, attributes = split_heading(block.text)
        heading = ElementTree.SubElement(parent, f"h{block.level}")
        if name := _HEADING_ID.search(attributes):
            heading.set("id", marked(name[1]))
        heading.text = self._inline(text)

    def _add_rule(self, parent: ElementTree.Element, block: Rule) -> None:
        ElementTree.SubElement(parent, "hr")

    def _add_quote(self, parent: ElementTree.Element, block: Quote) -> None:
        callout = take_callout(block)
        if callout is None:
            quote = ElementTree.SubElement(parent, "blockquote")
        elif callout.is_pull_quote:
            self._add_pull_quote(parent, callout, block.children)
            return
        else:
            quote = ElementTree.SubElement(parent, "aside")
            quote.set("class", f"{marked('callout')} {marked('callout-' + callout.kind)}")
            title = ElementTree.SubElement(quote, "p")
            title.set("class", marked("callout-title"))
            title.text = self._inline(callout.title)
        self._add_blocks(quote, block.children)

    def _add_pull_quote(
        self, parent: ElementTree.Element, callout: Callout, blocks: list[Block]
    ) -> None:
        figure = ElementTree.SubElement(parent, "figure")
        figure.set("class", marked("pull-quote"))
        quote = ElementTree.SubElement(figure, "blockquote")
        self._add_blocks(quote, blocks)
        if not blocks:
            # Nothing but a first line: that is what is quoted.
            ElementTree.SubElement(quote, "p").text = self._inline(callout.title)
        elif callout.title:
            speaker = ElementTree.SubElement(figure, "figcaption")
            speaker.text = self._inline(callout.title)

    def _add_list(self, parent: ElementTree.Element, block: ListBlock) -> None:
        element = ElementTree.SubElement(parent, "ul" if block.start is None else "ol")
        if block.start not in (None, 1):
            element.set("start", str(block.start))
        is_loose = block.is_loose
        for item in block.children:
            self._add_item(element, item, is_loose=is_loose)

    def _add_item(self, parent: ElementTree.Element, item: Block, *, is_loose: bool) -> None:
        element = ElementTree.SubElement(parent, "li")
        if self._notes_lines:
            note_line(element, item.first_line)
        blocks = item.children
        task = _take_task(blocks)
        for index, block in enumerate(blocks):
            if isinstance(block, Paragraph) and (not is_loose or (task and index == 0)):
                self._add_item_text(element, block, task if index == 0 else None, is_loose=is_loose)
            else:
                self._add_block(element, block)

    def _add_item_text(
        self, item: ElementTree.Element, block: Paragraph, task: str | None, *, is_loose: bool
    ) -> None:
        """Text of a tight item goes without a paragraph; a task begins with its box."""
        text = self._paragraph_text(block)
        target = ElementTree.SubElement(item, "p") if is_loose else item
        if task is not None:
            box = ElementTree.SubElement(
                target, "input", {"type": "checkbox", "disabled": "disabled"}
            )
            if task != " ":
                box.set("checked", "checked")
            text = f" {text}"
        _append_text(target, text)

    def _add_fence(self, parent: ElementTree.Element, block: Fence) -> None:
        self._add_code(parent, block.text, parse_language(block.info))

    def _add_indented_code(self, parent: ElementTree.Element, block: IndentedCode) -> None:
        self._add_code(parent, block.text, "")

    def _add_code(self, parent: ElementTree.Element, text: str, language: str) -> None:
        pre = ElementTree.SubElement(parent, "pre")
        code = ElementTree.SubElement(pre, "code")
        if language:
            code.set("class", marked(language_class(language)))
        highlighted = self._highlighter.highlight(text, language)
        if highlighted is None:
            code.text = AtomicString(code_escape(text))
        else:
            pre.set("class", marked("highlight"))
            code.text = AtomicString(self._md.htmlStash.store(highlighted))

    def _add_html(self, parent: ElementTree.Element, block: HtmlBlock) -> None:
        # The paragraph vanishes when Python-Markdown puts the HTML back.
        placeholder = self._md.htmlStash.store("\n".join(block.lines) + "\n")
        ElementTree.SubElement(parent, "p").text = AtomicString(placeholder)

    def _add_table(self, parent: ElementTree.Element, block: Table) -> None:
        width = len(block.alignments)
        self._cells += width * (len(block.lines) + 1)
        if self._cells > MAX_TABLE_CELLS:
            raise RenderingError("표의 칸이 너무 많습니다. 표를 나누어 주세요.")
        table = ElementTree.SubElement(parent, "table")
        head = ElementTree.SubElement(table, "thead")
        self._add_row(head, "th", block.header, block.alignments)
        if block.lines:
            body = ElementTree.SubElement(table, "tbody")
            for line in block.lines:
                self._add_row(body, "td", fit_row(split_row(line), width), block.alignments)

    def _add_row(
        self, parent: ElementTree.Element, tag: str, cells: Sequence[str], alignments: Sequence[str]
    ) -> None:
        row = ElementTree.SubElement(parent, "tr")
        for text, alignment in zip(cells, alignments, strict=True):
            cell = ElementTree.SubElement(row, tag)
            cell.text = self._inline(text)
            if alignment:
                cell.set("align", alignment)

    def _keep_note(self, parent: ElementTree.Element, block: FootnoteDefinition) -> None:
        first = self.notes.setdefault(normalise_label(block.label), block)
        if first is not block:
            # GitHub drops a second note of the same label; an author's text must not vanish.
            first.children += block.children


def _append_text(parent: ElementTree.Element, text: str) -> None:
    """Add text behind what the parent holds, on a line of its own."""
    if len(parent):
        before = parent[-1].tail
        parent[-1].tail = f"{before}\n{text}" if before else text
    else:
        parent.text = f"{parent.text}\n{text}" if parent.text else text


def _take_task(blocks: Sequence[Block]) -> str | None:
    """The character in the box a list item begins with; the box is removed from the text."""
    if not blocks or not isinstance(blocks[0], Paragraph) or not blocks[0].lines:
        return None
    first = blocks[0]
    match = _TASK.match(first.lines[0])
    if match is None:
        return None
    first.lines[0] = first.lines[0][match.end() :]
    return match[1]
