"""Split off YAML front matter and read it without YAML's surprises.

Every plain scalar stays the string that was written: YAML 1.1 would make `on` a boolean, `1:30`
the number 90 and an impossible date a crash. Aliases, anchors and Python objects are refused, so
that a small file cannot grow into a large one or run anything.
"""

import re
from dataclasses import dataclass, field

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from articles.importing.documents import ImportFailure

MAX_FRONT_MATTER_CHARACTERS = 64 * 1024
MAX_NESTING = 20

_FENCE = re.compile(r"---[ \t]*")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(r"\s*(?:[\w.-]+(?: [\w.-]+){0,3}|\"[^\"\n]+\"|'[^'\n]+')\s*:(?:\s|$)")
# What YAML needs a first line to begin with when it is neither a key nor prose.
_YAML_OPENING = re.compile(r"\s*(?:[{&]|!!|\[(?![^\]\n]*\]\())")
_TAB_AFTER_KEY = re.compile(r"^([\w-]+:)\t+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter with its keys in lower case, and the text that follows it.

    `present` is true also when the front matter is there but empty.
    """

    values: dict[str, object] = field(default_factory=dict)
    body: str = ""
    present: bool = False


def has_front_matter(text: str) -> bool:
    """Tell whether `text` opens with front matter rather than with a thematic break."""
    return _front_matter_start(text) is not None


def split_front_matter(text: str, *, longest: int = MAX_FRONT_MATTER_CHARACTERS) -> FrontMatter:
    """Return the front matter and body of `text`.

    Raises ImportFailure, naming the line, for front matter that is never closed, is not YAML, is
    not a mapping, or uses aliases, Python objects or absurd nesting.
    """
    if re.match(r"\+\+\+[ \t]*\n", text):
        raise ImportFailure("TOML front matter (+++) is not supported; use YAML between --- lines")
    start = _front_matter_start(text)
    if start is None:
        return FrontMatter(body=text)
    first_line = text.count("\n", 0, start) + 1
    closing = _CLOSING_FENCE.search(text, start)
    if closing is None:
        raise ImportFailure(f"front matter opened on line {first_line - 1} is never closed")
    source = text[start : closing.start()]
    if len(source) > longest:
        raise ImportFailure(f"front matter is larger than {longest // 1024} kB")
    return FrontMatter(_values(source, first_line), text[closing.end() :], present=True)


def _front_matter_start(text: str) -> int | None:
    """Return the offset just after the opening fence, or None."""
    opening = re.match(r"\s*", text)
    fence = _FENCE.match(text, opening.end() if opening else 0)
    if fence is None or not text.startswith("\n", fence.end()):
        return None
    start = fence.end() + 1
    closing = _CLOSING_FENCE.search(text, start)
    block = text[start : closing.start()] if closing else text[start:]
    lines = [line for line in block.split("\n") if line.strip() and not line.startswith("#")]
    if not lines:
        return start if closing else None
    opens_yaml = _KEY_LINE.match(lines[0]) or _YAML_OPENING.match(lines[0])
    # A thematic break may open a document too; its first line of prose has no `key:`.
    return start if opens_yaml else None


class _PlainRules(Composer, SafeConstructor, Resolver):
    """Keeps scalars as strings and refuses what a bomb needs, whoever reads the characters."""

    nesting = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[attr-defined]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(
                problem="anchors and aliases are not allowed", problem_mark=event.start_mark
            )
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise yaml.MarkedYAMLError(
                problem="values are nested too deeply", problem_mark=event.start_mark
            )
        node: yaml.Node | None = super().compose_node(parent, index)
        self.nesting -= 1
        return node


_PlainRules.yaml_implicit_resolvers = {}
_PlainRules.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""]
)
# Only what plain front matter needs: an explicit tag such as `!!timestamp` is refused as unknown.
_PlainRules.yaml_constructors = {
    tag: constructor
    for tag, constructor in yaml.SafeLoader.yaml_constructors.items()
    if tag is None or tag.endswith((":null", ":str", ":seq", ":map"))
}


class _PlainLoader(_PlainRules, yaml.SafeLoader):
    """Reads with PyYAML's own parser, whose messages are for people."""


class _QuickLoader(_PlainRules, yaml.CSafeLoader):
    """Reads with libyaml, in a fifth of the time."""

    def __init__(self, stream: str) -> None:
        yaml.CSafeLoader.__init__(self, stream)
        # libyaml's own composer, which comes second here, does not need it.
        Composer.__init__(self)


def _loaded(source: str) -> object:
    """Return what YAML says; raises YAMLError or ValueError."""
    # libyaml takes tabs where PyYAML does not.
    if "\t" not in source:
        try:
            return yaml.load(source, Loader=_QuickLoader)  # noqa: S506
        except (yaml.YAMLError, ValueError):
            # The other loader may yet take it, or it says more clearly what is wrong.
            pass
    return yaml.load(source, Loader=_PlainLoader)  # noqa: S506


def _values(source: str, first_line: int) -> dict[str, object]:
    try:
        loaded = _loaded(_TAB_AFTER_KEY.sub(r"\1 ", source))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" on line {mark.line + first_line}" if mark else ""
        problem = error.problem or error.context or "unreadable"
        if "mapping values" in problem or "expected <block end>" in problem:
            problem += "; a value with `: ` or brackets in it must stand in quotes"
        raise ImportFailure(f"broken front matter{where}: {problem}") from error
    except (yaml.YAMLError, ValueError) as error:
        # The message of a plain YAMLError may run over several lines.
        raise ImportFailure(f"broken front matter: {' '.join(str(error).split())}") from error
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise ImportFailure(f"front matter on line {first_line} is not a list of `key: value`")
    return {str(key).strip().lower(): value for key, value in loaded.items()}
