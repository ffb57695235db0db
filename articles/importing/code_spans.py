"""Find what is code in Markdown, so that the rest can be rewritten and code stays as it is."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

# Stands for each character of code in masked text; a private-use character nobody writes.
MASK = "\ue000"

_FENCE_OPENING = re.compile(
    r"^(?P<indent>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
)
_LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_INDENTED = re.compile(r"^(?: {4}|\t)\s*\S")
_BACKTICKS = re.compile(r"\\`|`+")
_BLOCK = re.compile(r"(?:^|\n)(?:[^\n]*\S[^\n]*(?:\n|$))+")
_HTML_CODE_OPENING = re.compile(r"<(pre|code|script|style)\b[^<>\n]{0,300}>|<!--", re.IGNORECASE)
_MASKED = re.compile(f"{MASK}+")
_VISIBLE = re.compile(r"[^\n]")
# A text without any of these has no line of code.
_MAY_BE_BLOCK = re.compile(r"```|~~~|^(?: {4}|\t)", re.MULTILINE)
_REMEMBERED_LENGTH = 100_000


def mask_code(text: str) -> str:
    """Return `text` with every character of code and HTML comments, but no newline, as MASK.

    Offsets stay valid for the original: the result has the same length and the same lines.
    """
    return _mask_remembered(text) if len(text) <= _REMEMBERED_LENGTH else _mask(text)


def _mask(text: str) -> str:
    masked = text
    if _MAY_BE_BLOCK.search(text):
        masked = "\n".join(_block_masked(text.split("\n")))
    if "<" in masked:
        masked = _spans_masked(masked, _html_spans(masked))
    return _spans_masked(masked, _inline_spans(masked)) if "`" in masked else masked


# One rule after another asks about the same text, which most of them leave as it is.
_mask_remembered = lru_cache(maxsize=4)(_mask)


def replace_outside_code(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], text: str
) -> str:
    """Return `text` with the matches of `pattern` that begin outside code replaced.

    Code inside a match comes out as it was.
    """
    pieces: list[str] = []
    end = 0
    for match in matches_outside_code(pattern, text):
        kept = text[match.start() : match.end()]
        made = unmasked(replace(match), match, text, otherwise=kept)
        pieces += [text[end : match.start()], made]
        end = match.end()
    return "".join([*pieces, text[end:]])


def matches_outside_code(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `pattern` that begin outside code, in the original text where it can be.

    What `pattern` does not allow may stand in code: then the match is of masked text.
    """
    for match in pattern.finditer(mask_code(text)):
        original = pattern.match(text, match.start())
        yield original if original and original.end() == match.end() else match


def unmasked(made: str, match: re.Match[str], text: str, *, otherwise: str) -> str:
    """Return what was made of a match of masked text with the code that it saw masked in place.

    `otherwise` comes back where it is not certain which code is meant.
    """
    if MASK not in made or MASK in text:
        return made
    start = match.start()
    hidden = [text[start + run.start() : start + run.end()] for run in _MASKED.finditer(match[0])]
    pieces: list[str] = []
    end = 0
    for run in _MASKED.finditer(made):
        code = next((each for each in hidden if len(each) == len(run[0])), None)
        if code is None:
            return otherwise
        hidden.remove(code)
        pieces += [made[end : run.start()], code]
        end = run.end()
    return "".join([*pieces, made[end:]])


def without_comments(text: str) -> str:
    """Return `text` without the HTML comments that stand outside code."""
    blocks = "\n".join(_block_masked(text.split("\n")))
    inline = _spans_masked(blocks, _inline_spans(blocks))
    pieces: list[str] = []
    end = 0
    for start, stop in _html_spans(blocks):
        if inline.startswith("<!--", start):
            pieces.append(text[end:start])
            end = stop
    return "".join([*pieces, text[end:]])


def _block_masked(lines: list[str]) -> Iterator[str]:
    """Yield the lines, those of fenced and indented code masked."""
    fence = ""
    in_list = in_code = False
    after_blank = True
    for line in lines:
        opening = _FENCE_OPENING.match(line)
        if fence:
            yield _masked(line)
            fence = "" if _closes(line, fence) else fence
        elif opening:
            yield _masked(line)
            fence = opening["fence"]
        elif _INDENTED.match(line) and not in_list and (after_blank or in_code):
            in_code = True
            yield _masked(line)
        else:
            in_code = in_code and not line.strip()
            in_list = _list_continues(line, in_list, after_blank)
            yield line
        after_blank = not line.strip()


def _list_continues(line: str, in_list: bool, after_blank: bool) -> bool:
    """Tell whether the line belongs to a list: there, indentation is content and not code."""
    if _LIST_ITEM.match(line):
        return True
    return in_list and (not line.strip() or line[0] in " \t" or not after_blank)


def _closes(line: str, fence: str) -> bool:
    bare = line.strip(" \t>")
    return len(bare) >= len(fence) and bare == fence[0] * len(bare)


def _masked(text: str) -> str:
    return _VISIBLE.sub(MASK, text)


def _spans_masked(text: str, spans: Iterator[tuple[int, int]]) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        pieces += [text[end:start], _masked(text[start:stop])]
        end = stop
    return "".join([*pieces, text[end:]])


def _html_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of HTML comments and of elements whose content is literal."""
    lowered = text.lower() if len(text.lower()) == len(text) else text
    position = 0
    unclosed: set[str] = set()
    while opening := _HTML_CODE_OPENING.search(text, position):
        position = opening.end()
        closing = f"</{opening[1].lower()}>" if opening[1] else "-->"
        if closing in unclosed:
            continue
        stop = lowered.find(closing, position)
        if stop == -1:
            unclosed.add(closing)
        else:
            position = stop + len(closing)
            yield opening.start(), position


def _inline_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the code spans: a run of backticks up to the next run of equal length in its block."""
    for block in _BLOCK.finditer(text):
        if "`" not in block[0]:
            continue
        runs = list(_BACKTICKS.finditer(text, block.start(), block.end()))
        by_length: dict[int, list[int]] = {}
        for run in runs:
            # An escaped backtick opens nothing.
            if run[0][0] == "`":
                by_length.setdefault(len(run[0]), []).append(run.start())
        end = 0
        for run in runs:
            if run.start() < end or run[0][0] != "`":
                continue
            starts = by_length[len(run[0])]
            following = bisect_right(starts, run.start())
            if following < len(starts):
                end = starts[following] + len(run[0])
                yield run.start(), end
