"""Decide where the article on a saved page ends, and which lines within it are not its own."""

from articles.importing.line_labels import PROSE_LENGTH, Kind, Line, ends_sentence

# Rights and comments follow an article at once; boxes of other stories also interrupt one.
_FINAL = {Kind.RIGHTS: 0.25, Kind.COMMENTS: 0.25, Kind.OTHER_STORIES: 0.5, Kind.EPISODE: 0.5}
_MIN_PARAGRAPHS_BEFORE_TEASERS = 3
_SINGLE_BOXES = ("배너", "광고")


def end_of_article(lines: list[Line], start: int) -> int:
    """Return the index of the line that ends the article beginning at `start`."""
    weigh = _weight
    total = sum(map(weigh, lines[start:]))
    if not total:
        # Verse has no sentences.
        weigh = _length
        total = sum(map(weigh, lines[start:]))
    passed = 0
    paragraphs = 0
    for index in range(start, len(lines)):
        line = lines[index]
        share = _FINAL.get(line.kind)
        if share is not None and passed:
            few_left = paragraphs >= _MIN_PARAGRAPHS_BEFORE_TEASERS and passed >= total * 0.25
            is_end = passed >= total * share or (few_left and _only_teasers(lines, index))
            if is_end and not _resumes(lines, index):
                return _signed_end(lines, start, index)
        passed += weigh(line)
        paragraphs += line.kind is Kind.PROSE
    return _signed_end(lines, start, len(lines))


def _signed_end(lines: list[Line], start: int, end: int) -> int:
    """Return the index of a reporter's name below the last paragraph, or else `end`."""
    for index in range(end - 1, start, -1):
        line = lines[index]
        if line.kind is Kind.PROSE:
            break
        if _is_signature(line):
            end = index
    return end


def _length(line: Line) -> int:
    return len(line.text) if line.kind is Kind.SHORT else 0


def _weight(line: Line) -> int:
    """Return how many characters of running text the line holds."""
    is_text = line.kind in (Kind.PROSE, Kind.BULLET)
    is_sentence = line.kind is Kind.SHORT and ends_sentence(line.text)
    return len(line.text) if is_text or is_sentence else 0


def _resumes(lines: list[Line], start: int) -> bool:
    """Tell whether text goes on below a box of other stories: free of headlines, and signed."""
    if lines[start].kind is not Kind.OTHER_STORIES:
        return False
    resumed = False
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.kind is Kind.PROSE:
            resumed = line.after_blank
            if not resumed:
                return False
        elif line.kind in _FINAL or line.kind is Kind.NOISE:
            is_closed = line.kind is Kind.RIGHTS and not _only_teasers(lines[:index], start)
            return resumed and is_closed
        elif resumed and _is_signature(line):
            return True
    return False


def _is_signature(line: Line) -> bool:
    signed = line.byline is not None and bool(line.byline.authors)
    return signed and ("@" in line.text or "기자" in line.text)


def _only_teasers(lines: list[Line], start: int) -> bool:
    """Tell whether each paragraph from here on has a headline of its own right above it."""
    paragraphs = [index for index in range(start, len(lines)) if lines[index].kind is Kind.PROSE]
    return bool(paragraphs) and all(
        lines[index - 1].kind in (Kind.SHORT, Kind.BULLET) for index in paragraphs
    )


def long_paragraphs(lines: list[Line]) -> int:
    """Return how many of the lines are paragraphs of some length."""
    return sum(line.kind is Kind.PROSE and len(line.text) >= PROSE_LENGTH for line in lines)


def without_boxes(lines: list[Line]) -> list[Line]:
    """Return an article's lines without boxes of other stories that interrupt it.

    A box is its heading and the short lines below it, up to the next running text; a heading that
    stands free right above that text belongs to the text. Headlines right below a link to another
    story are more of the same, up to a blank line.
    """
    kept: list[Line] = []
    in_box = False
    teasers = _headlines_below_links(lines)
    for index, line in enumerate(lines):
        if index in teasers:
            continue
        if line.kind is Kind.OTHER_STORIES:
            in_box = line.text not in _SINGLE_BOXES
            continue
        is_item = in_box and (_weight(line) == 0 or line.kind is Kind.BULLET)
        if is_item and not _is_free_heading(lines, index):
            continue
        in_box = False
        kept.append(line)
    return kept


def _headlines_below_links(lines: list[Line]) -> set[int]:
    """Return the indexes of the short lines that, down to a blank line, follow a PROMOTION."""
    found: set[int] = set()
    for start, line in enumerate(lines):
        if line.kind is not Kind.PROMOTION:
            continue
        run: list[int] = []
        for index in range(start + 1, len(lines)):
            below = lines[index]
            is_headline = below.kind in (Kind.SHORT, Kind.BULLET) and not ends_sentence(below.text)
            if below.after_blank or not is_headline:
                break
            run.append(index)
        if run and lines[run[-1]].before_blank:
            found.update(run)
    return found


def _is_free_heading(lines: list[Line], index: int) -> bool:
    line = lines[index]
    is_free = line.kind is Kind.SHORT and line.after_blank and line.before_blank
    followed = index + 1 < len(lines) and lines[index + 1].kind is Kind.PROSE
    return is_free and followed and lines[index - 1].kind is not Kind.OTHER_STORIES
