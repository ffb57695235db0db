"""One source line, consumed from the left by the blocks that contain it."""

TAB_STOP = 4


class Line:
    """What is left of a source line once the open containers have taken their markers.

    `column` is the display column at which `rest` begins, so that a tab is as wide here as it
    was in the source.
    """

    __slots__ = ("column", "rest")

    def __init__(self, text: str) -> None:
        self.rest = text
        self.column = 0

    @property
    def is_blank(self) -> bool:
        """Nothing but spaces and tabs is left."""
        return not self.rest.strip(" \t")

    @property
    def indent(self) -> int:
        """Width of the leading whitespace in columns."""
        rest = self.rest
        bare = rest.lstrip(" \t")
        lead = rest[: len(rest) - len(bare)]
        if "\t" not in lead:
            return len(lead)
        column = self.column
        for character in lead:
            column += TAB_STOP - column % TAB_STOP if character == "\t" else 1
        return column - self.column

    @property
    def content(self) -> str:
        """The rest without its leading whitespace."""
        return self.rest.lstrip(" \t")

    def skip_columns(self, count: int) -> None:
        """Drop up to `count` columns of leading whitespace; half a tab becomes spaces."""
        target = self.column + count
        position = 0
        while self.column < target and self.rest[position : position + 1] in (" ", "\t"):
            step = 1 if self.rest[position] == " " else TAB_STOP - self.column % TAB_STOP
            position += 1
            if self.column + step > target:
                spaces = self.column + step - target
                self.rest = " " * spaces + self.rest[position:]
                self.column = target
                return
            self.column += step
        self.rest = self.rest[position:]

    def skip_indent(self) -> None:
        """Drop all leading whitespace."""
        self.skip_columns(self.indent)

    def skip_characters(self, count: int) -> None:
        """Drop `count` characters, none of which is a tab."""
        self.rest = self.rest[count:]
        self.column += count
