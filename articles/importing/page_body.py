"""Build an article's blocks out of the lines of a saved page."""

import re
from statistics import median

from articles.importing import page_noise
from articles.importing.bylines import without_dateline, without_signature
from articles.importing.line_labels import (
    MAX_HEADING_LENGTH,
    SENTENCE_LENGTH,
    Kind,
    Line,
    ends_sentence,
    ends_statement,
    image_of,
)
from articles.importing.page_blocks import Block, BlockKind, Body

SUMMARY_LINES = 3
MAX_LEAD_LENGTH = 90

_MIN_JOINED_LENGTH = 20
_MAX_DENSE_HEADING = 40
_MAX_STACKED_HEADINGS = 2
_NUMBER = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")
_ITEM_MARK = re.compile(r"^(?:\d{1,2}[.)]\s+|[①-⑳]\s*)(?=\S)")
_HEADING_MARK = re.compile(r"^[■◆◇●▣□▪◈◎○▶▷]\s?(?=\S)")
_HEADING_SIGNS = tuple("■◆◇●□▶○▷")
_DASHES = tuple("-–—―─")
_QUESTION_END = re.compile(r"(?:[?？]|[나가까지요][.]?)$")
_QUESTION = re.compile(r"^(?:(?:Q|A|문|답)\s?\d{0,2}\s?[.:)]|질문\s?\d{0,2}\s?[.:)]|[―─—]\s?\S)")
_HANGUL = re.compile("[가-힣]")
_CODE = re.compile(r"[(){}=;$\\]|\s--?[a-z]")
_RULE = re.compile(r"(?:[*＊~※◇◆○●·■□]\s?){3,10}|[-–—―─━_=]{3,80}")
_ASKED = re.compile(r"^[-–—―].*[?？]$")
_BELOW_HEADING = (Kind.PROSE, Kind.BULLET)
_HEADING_BRACKETS = re.compile(r"[【〖](?P<text>[^【】〖〗]+)[】〗]")
_QUOTED = re.compile(r"^[\"“][^\"”]*[\"”]$")
_QUOTED_SENTENCE = re.compile(r"^[\"“][^\"”]*[.!…][\"”]")
_CONTENT = (
    Kind.PROSE,
    Kind.SHORT,
    Kind.BULLET,
    Kind.IMAGE,
    Kind.ROW,
    Kind.SUMMARY_LABEL,
    Kind.INSIGHT_LABEL,
)
_TEXT = (Kind.PROSE, Kind.SHORT)


def read_body(lines: list[Line]) -> Body:
    """Return the blocks of an article, given its lines from the first to the last."""
    builder = _Builder(_only_content(lines))
    builder.body.tags = [tag for line in lines for tag in page_noise.hashtags(line.text)]
    builder.body.authors = [name for line in lines if line.byline for name in line.byline.authors]
    return builder.build()


def take_lead(body: Body) -> str:
    """Remove and return a first paragraph that is markedly shorter than the others, or ""."""
    paragraphs = [block for block in body.blocks if block.kind is BlockKind.PARAGRAPH]
    if len(paragraphs) < 4 or body.blocks[0] is not paragraphs[0]:
        return ""
    lead = " ".join(paragraphs[0].lines)
    usual = median(sum(map(len, block.lines)) for block in paragraphs)
    if not (SENTENCE_LENGTH <= len(lead) <= MAX_LEAD_LENGTH and len(lead) <= 0.6 * usual):
        return ""
    body.blocks.pop(0)
    return lead


def strip_credits(body: Body) -> None:
    """Move a dateline before the first paragraph and an address after the last to the authors."""
    paragraphs = [block for block in body.blocks if block.kind is BlockKind.PARAGRAPH]
    if not paragraphs:
        return
    first, last = paragraphs[0].lines, paragraphs[-1].lines
    first[0], reporters = without_dateline(first[0])
    last[-1], signers = without_signature(last[-1])
    body.authors += [*reporters, *signers]
    body.blocks = [block for block in body.blocks if any(block.lines)]


def _only_content(lines: list[Line]) -> list[Line]:
    """Return the lines that belong to the text, captions included, ambiguous ones relabelled."""
    content: list[Line] = []
    last_prose = max(
        (index for index, line in enumerate(lines) if line.kind is Kind.PROSE), default=-1
    )
    for index, line in enumerate(lines):
        is_within = index < last_prose
        if line.kind in (Kind.SECTION, Kind.SERIES) or (
            line.kind is Kind.BYLINE and is_within and not _is_surely_byline(line)
        ):
            # Within a text a lone section word, a day or a person's name is a heading.
            line.kind, line.byline = Kind.SHORT, None
        if is_within and content and line.kind is Kind.NOISE and _is_rule(line):
            line.kind = Kind.RULE
        if line.kind in (*_CONTENT, Kind.CAPTION, Kind.RULE):
            content.append(line)
    return content


def _is_rule(line: Line) -> bool:
    """Tell whether writers mark a break by such a line; a page's frame has free ones, too."""
    return (
        line.after_blank
        and line.before_blank
        and _RULE.fullmatch(f"{line.mark} {line.text}".strip()) is not None
    )


def _is_surely_byline(line: Line) -> bool:
    labelled = line.byline is not None and line.byline.labelled
    return labelled or "@" in line.text or "기자" in line.text


def _without_ornament(heading: str) -> str:
    """Return a heading without the signs that stand for its larger type."""
    match = _HEADING_BRACKETS.fullmatch(heading)
    return match["text"].strip() if match else _HEADING_MARK.sub("", heading)


def _is_marked(heading: str) -> bool:
    patterns = (_HEADING_MARK, _HEADING_BRACKETS, _NUMBER)
    return any(pattern.match(heading) for pattern in patterns)


class _Builder:
    """Turns lines into blocks, one run of lines after another."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.body = Body()
        self.last_text = max(
            (
                index
                for index, line in enumerate(lines)
                if line.kind is not Kind.SHORT
                or ends_sentence(line.text)
                or _NUMBER.match(line.text)
            ),
            default=len(lines),
        )
        free = sum(line.after_blank for line in lines)
        # Some pages are saved without any blank line between paragraphs.
        self.is_dense = len(lines) >= 5 and free <= len(lines) // 5

    def build(self) -> Body:
        index = 0
        while index < len(self.lines):
            index = self._take(index)
        return self.body

    def _take(self, index: int) -> int:
        """Add the block that begins at `index`; return the index after its lines."""
        line = self.lines[index]
        match line.kind:
            case Kind.SUMMARY_LABEL:
                return self._take_summary(index)
            case Kind.INSIGHT_LABEL:
                return self._take_callout(index)
            case Kind.IMAGE:
                return self._take_image(index)
            case Kind.RULE:
                self._add(BlockKind.RULE, [line.text])
                return index + 1
            case Kind.CAPTION:
                self.body.warnings.append(f"caption without a picture left out: {line.text[:60]}")
                return index + 1
            case Kind.BULLET:
                return self._take_list(index)
            case Kind.ROW:
                return self._take_table(index)
        if _NUMBER.match(line.text) and len(items := self._numbered(index)) > 1:
            texts = [_NUMBER.sub("", item.text) for item in items]
            self._add(BlockKind.NUMBERED, texts)
            return index + len(items)
        self._take_text(index)
        return index + 1

    def _add(self, kind: BlockKind, lines: list[str]) -> None:
        self.body.blocks.append(Block(kind, lines))

    def _line(self, index: int) -> Line | None:
        return self.lines[index] if 0 <= index < len(self.lines) else None

    def _bullets(self, index: int) -> list[Line]:
        """Return the items from `index` on, up to one with a sign that heads the others."""
        end = index
        while end < len(self.lines) and self.lines[end].kind is Kind.BULLET:
            is_head = self.lines[end].mark in _HEADING_SIGNS
            changes = end > index and self.lines[end].mark != self.lines[end - 1].mark
            if changes and (is_head or self.lines[end - 1].mark in _HEADING_SIGNS):
                break
            end += 1
        return self.lines[index:end]

    def _numbered(self, index: int) -> list[Line]:
        """Return the lines from `index` on that count 1., 2., 3. without text between them."""
        items: list[Line] = []
        for line in self.lines[index:]:
            number = _NUMBER.match(line.text)
            if line.kind not in _TEXT or number is None or int(number[1]) != len(items) + 1:
                break
            items.append(line)
        return items

    def _take_summary(self, index: int) -> int:
        items = self._bullets(index + 1) or self._numbered(index + 1)
        if not items:
            items = self._lines_up_to_blank(index + 1)
        if 0 < len(items) <= SUMMARY_LINES and not self.body.summary:
            self.body.summary = tuple(_ITEM_MARK.sub("", item.text) for item in items)
            return index + 1 + len(items)
        # Three lines that a script was to fill head nothing.
        if not self.lines[index].text.endswith("줄 요약"):
            self._add(BlockKind.HEADING, [self.lines[index].text])
        return index + 1

    def _lines_up_to_blank(self, index: int) -> list[Line]:
        lines: list[Line] = []
        for line in self.lines[index:]:
            if line.kind not in _TEXT or (lines and line.after_blank):
                break
            lines.append(line)
        return lines if len(lines) == SUMMARY_LINES else []

    def _take_callout(self, index: int) -> int:
        label, text = self.lines[index], self._line(index + 1)
        if text is None or text.kind not in _TEXT:
            self._add(BlockKind.HEADING, [label.text])
            return index + 1
        self._add(BlockKind.CALLOUT, [label.text, text.text])
        return index + 2

    def _take_image(self, index: int) -> int:
        name, caption = image_of(self.lines[index].text) or (self.lines[index].text, "")
        following = self._line(index + 1)
        if not caption and following and self._is_caption(following):
            caption = following.text.lstrip("▲△▼▽ ")
            index += 1
        self._add(BlockKind.IMAGE, [name, caption])
        return index + 1

    def _is_caption(self, line: Line) -> bool:
        directly_below = line.kind is Kind.SHORT and not line.after_blank and line.before_blank
        return line.kind is Kind.CAPTION or (directly_below and not ends_sentence(line.text))

    def _take_table(self, index: int) -> int:
        end = index
        while end < len(self.lines) and self.lines[end].kind is Kind.ROW:
            end += 1
        self._add(BlockKind.TABLE, ["\t".join(line.cells) for line in self.lines[index:end]])
        return end

    def _take_list(self, index: int) -> int:
        items = self._bullets(index)
        following = self._line(index + 1)
        is_heading = len(items) == 1 and following is not None and following.kind in _BELOW_HEADING
        if len(items) == 1 and self._names_speaker(items[0]):
            self.body.blocks[-1].lines.append(f"- {items[0].text}")
        elif len(items) == 1 and self._asks(items[0]):
            self._add(BlockKind.PARAGRAPH, [f"{items[0].mark} {items[0].text}"])
        elif is_heading and items[0].after_blank and self._may_be_heading(items[0].text):
            self._add(BlockKind.HEADING, [items[0].text])
        else:
            self._add(BlockKind.LIST, [item.text for item in items])
        return index + len(items)

    def _names_speaker(self, item: Line) -> bool:
        """Tell whether a dash right below a quotation names whose words they are."""
        above = self.body.blocks[-1:]
        quoted = above and above[0].kind is BlockKind.PARAGRAPH and above[0].lines[-1][-1] in '"”’'
        return bool(quoted) and not item.after_blank and len(item.text) < _MAX_DENSE_HEADING

    def _asks(self, item: Line) -> bool:
        """Tell whether a dash stands before an interviewer's question."""
        return item.mark in _DASHES and _QUESTION_END.search(item.text) is not None

    def _take_text(self, index: int) -> None:
        line = self.lines[index]
        if self._is_heading(index):
            self._add(BlockKind.HEADING, [_without_ornament(line.text)])
        elif self._is_remnant(index):
            self.body.warnings.append(f"left out after the text: {line.text[:60]}")
        elif not self._continue_paragraph(index):
            self._add(BlockKind.PARAGRAPH, [line.text])

    def _may_be_heading(self, text: str) -> bool:
        is_speech = _QUOTED.match(text) is not None and ends_sentence(text[:-1])
        is_speech = is_speech or any(found.match(text) for found in (_QUESTION, _QUOTED_SENTENCE))
        is_speech = is_speech or _ASKED.match(text) is not None
        is_code = _HANGUL.search(text) is None and _CODE.search(text) is not None
        is_address = is_code or "http://" in text or "https://" in text
        fits = len(text) <= MAX_HEADING_LENGTH and not ends_statement(text)
        return fits and not is_speech and not is_address

    def _is_heading(self, index: int, above: int = 0) -> bool:
        """Tell whether the line heads text, with `above` other headings right above it."""
        line, following = self.lines[index], self._line(index + 1)
        if line.kind is not Kind.SHORT or following is None or not self._may_be_heading(line.text):
            return False
        if self.is_dense and not line.after_blank:
            previous = self._line(index - 1)
            free = previous is not None and ends_sentence(previous.text)
            if not (free and len(line.text) <= _MAX_DENSE_HEADING and not ends_sentence(line.text)):
                return False
        elif not line.after_blank:
            return False
        if following.kind is Kind.SHORT:
            in_stack = above < _MAX_STACKED_HEADINGS and self._is_heading(index + 1, above + 1)
            # A short sentence right below goes on with what stands above it.
            is_free = self.is_dense or line.before_blank or _is_marked(line.text)
            return (is_free and ends_sentence(following.text)) or in_stack
        return following.kind in _CONTENT

    def _is_remnant(self, index: int) -> bool:
        """Tell whether this is a line of the page's frame after the last sentence of the text."""
        line = self.lines[index]
        is_short = line.kind is Kind.SHORT and len(line.text) < SENTENCE_LENGTH
        return is_short and index > self.last_text

    def _continue_paragraph(self, index: int) -> bool:
        """Append the line to the paragraph right above it, if it goes on there."""
        line, blocks = self.lines[index], self.body.blocks
        if line.after_blank or not blocks or blocks[-1].kind is not BlockKind.PARAGRAPH:
            return False
        above = blocks[-1].lines
        both_short = len(above[-1]) < SENTENCE_LENGTH and len(line.text) < SENTENCE_LENGTH
        if both_short:
            above.append(line.text)
            return True
        if not ends_sentence(above[-1]) and len(above[-1]) >= _MIN_JOINED_LENGTH:
            above[-1] = f"{above[-1]} {line.text}"
            return True
        return False
