"""Read the values of front matter without the surprises of YAML, TOML and JSON.

Every plain scalar stays the string that was written: YAML 1.1 would make `on` a boolean, `1:30`
the number 90 and an impossible date a crash. Aliases, anchors and Python objects are refused, so
that a small file cannot grow into a large one or run anything.
"""

import json
import re
import tomllib
from datetime import date, datetime, time

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from articles.importing.documents import ImportFailure
from articles.importing.yaml_mending import mended_yaml, tidied_yaml

MAX_NESTING = 20
_TOO_DEEP = "values are nested too deeply"
# A key of that many parts is no blog's, and takes the reader of TOML quadratic time.
_LONG_KEY = re.compile(r"(?:[\w\"'-]{1,60}+[ \t]?\.[ \t]?){20}")
_AT_LINE = re.compile(r"\(at line (\d+)")

Values = dict[str, object]


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
            raise yaml.MarkedYAMLError(problem=_TOO_DEEP, problem_mark=event.start_mark)
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


def yaml_values(source: str, first_line: int) -> tuple[Values, list[str]]:
    """Return the values, keys in lower case, and a warning for each line that had to be mended.

    Raises ImportFailure, with the line counted from `first_line`.
    """
    source = tidied_yaml(source)
    warnings: list[str] = []
    try:
        return _loaded(source, first_line, warnings), warnings
    except ImportFailure as failure:
        if _TOO_DEEP in str(failure):
            raise
        mended, repairs = mended_yaml(source, first_line, _is_yaml)
        try:
            return _loaded(mended, first_line, warnings), [*repairs, *warnings]
        except ImportFailure:
            # What a reader of the message can look for is what was written.
            raise failure from None


def toml_values(source: str, first_line: int) -> Values:
    """Return TOML's values as YAML's would be. Raises ImportFailure, naming the line."""
    if _LONG_KEY.search(source):
        raise ImportFailure(f"broken front matter: {_TOO_DEEP}")
    try:
        loaded = tomllib.loads(source)
    except RecursionError as error:
        raise ImportFailure(f"broken front matter: {_TOO_DEEP}") from error
    except ValueError as error:
        found = _AT_LINE.search(str(error))
        where = f" on line {int(found[1]) + first_line - 1}" if found else ""
        problem = str(error).split(" (at ")[0]
        raise ImportFailure(
            f"broken front matter{where}: {problem}; text must stand in quotes in TOML"
        ) from error
    return _lowered(loaded)


def json_values(source: str) -> Values:
    """Return JSON's values as YAML's would be. Raises ImportFailure."""
    try:
        loaded = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise ImportFailure(f"broken front matter: no JSON: {error}") from error
    return _lowered(loaded)


def _lowered(loaded: dict[str, object]) -> Values:
    return {str(key).strip().lower(): _plain(value) for key, value in loaded.items()}


def _plain(value: object, depth: int = 0) -> object:
    """Return a value as front matter in YAML would give it: text, lists and mappings."""
    if depth > MAX_NESTING:
        raise ImportFailure(f"broken front matter: {_TOO_DEEP}")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item, depth + 1) for key, item in value.items()}
    return value


def _loaded(source: str, first_line: int, warnings: list[str]) -> Values:
    try:
        loaded = _read(source, warnings)
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


def _read(source: str, warnings: list[str]) -> object:
    """Return what YAML says; raises YAMLError or ValueError."""
    # libyaml takes tabs where PyYAML does not.
    if "\t" not in source:
        found: list[str] = []
        try:
            loaded = _read_with(_QuickLoader(source), found)
        except (yaml.YAMLError, ValueError):
            # The other loader may yet take it, or it says more clearly what is wrong.
            pass
        else:
            warnings += found
            return loaded
    return _read_with(_PlainLoader(source), warnings)


def _read_with(loader: _QuickLoader | _PlainLoader, warnings: list[str]) -> object:
    try:
        node = loader.get_single_node()
        if isinstance(node, yaml.MappingNode):
            _keep_one_of_each(node, warnings)
        return loader.construct_document(node) if node else None
    finally:
        loader.dispose()


def _keep_one_of_each(node: yaml.MappingNode, warnings: list[str]) -> None:
    """Of a key that is written twice, leave the last that has a value, and say so."""
    kept: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        name = str(key.value).strip().lower()
        if name in kept:
            warnings.append(f"front matter has `{name}` twice; the last one with a value counts")
            if not value.value:
                continue
        kept[name] = key, value
    if len(kept) != len(node.value):
        node.value = list(kept.values())


def _is_yaml(source: str) -> bool:
    try:
        _loaded(source, 1, [])
    except ImportFailure:
        return False
    return True
