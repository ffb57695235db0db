"""Records from an XML file, one at a time: memory holds what is open and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden
from defusedxml.expatreader import DefusedExpatParser

from articles.importing.documents import BrokenExportError
from articles.importing.xml_text import utf_8_chunks

MAX_DEPTH = 100
MAX_FIELD_LENGTH = 1_000_000
MAX_RECORDS_WITHIN = 100_000
# The parser reads a tag, comment or instruction from its beginning whenever more of it comes.
_MAX_MARKUP = 2_000_000

# The path of each kind of record, and the paths within it whose text is wanted. A path ending
# in "@id" means the attribute, an empty one the record's own text. Prefixes of namespaces are left
# off, save where a name is wanted with its prefix, as `content:encoded` beside `excerpt:encoded`.
Shape = Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Record:
    """An element that was asked for; `within` is the record that it stands in.

    `count` is how many stand in it.
    """

    path: str
    line: int
    number: int
    within: Record | None
    fields: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    count: int = 0

    def get(self, name: str) -> str:
        return self.fields.get(name, "").strip()


def records(stream: BinaryIO, shape: Shape, *, forbidden: str = "") -> Iterator[Record]:
    """Yield the records as they end, those within others before them.

    `forbidden` stands in for each character that no XML may hold.

    Raises BrokenExportError for what is not well-formed, nested absurdly deep, or
    declares a document type or an entity.
    """
    parser = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    collector = _Collector(parser, shape)
    parser.setContentHandler(collector)
    place, waiting = (0, 0), 0
    try:
        for chunk in utf_8_chunks(stream, forbidden):
            parser.feed(chunk)
            yield from collector.take()
            before, place = place, (parser.getLineNumber() or 0, parser.getColumnNumber() or 0)
            waiting = waiting + len(chunk) if place == before else 0
            if waiting > _MAX_MARKUP:
                raise _failure(parser, f"a tag or comment is longer than {_MAX_MARKUP:,} bytes")
        parser.close()
        yield from collector.take()
    except DTDForbidden as error:
        raise _failure(parser, f"the document type {error.name!r} is refused") from error
    except EntitiesForbidden as error:
        raise _failure(parser, f"the entity {error.name!r} is refused") from error
    except ExternalReferenceForbidden as error:
        raise _failure(parser, "a reference to another file is refused") from error
    except SAXParseException as error:
        problem = f"this is not well-formed XML: {error.getMessage()}"
        raise BrokenExportError(error.getLineNumber() or 1, problem) from error


def _failure(parser: DefusedExpatParser, problem: str) -> BrokenExportError:
    return BrokenExportError(parser.getLineNumber() or 1, problem)


class _Collector(ContentHandler):
    def __init__(self, parser: DefusedExpatParser, shape: Shape) -> None:
        super().__init__()
        self._parser = parser
        self._shape = shape
        self._names: list[str] = []
        # The open records, each with how deep in the document it stands.
        self._open: list[tuple[Record, int]] = []
        self._finished: list[Record] = []
        self._count = 0
        self._text: list[str] | None = None
        self._text_name = ""
        self._text_depth = 0
        self._text_length = 0

    def take(self) -> list[Record]:
        taken, self._finished = self._finished, []
        return taken

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self._names.append(name.rpartition(":")[2])
        if len(self._names) > MAX_DEPTH:
            raise _failure(self._parser, f"elements are nested more than {MAX_DEPTH} deep")
        path = "/".join(self._names)
        if path in self._shape and self._has_room():
            self._begin_record(path)
        if not self._open:
            return
        record, depth = self._open[-1]
        relative = "/".join(self._names[depth:])
        wanted = self._shape[record.path]
        if name in wanted and len(self._names) == depth + 1:
            relative = name
        for attribute in attrs.getNames():
            key = f"{relative}@{attribute.rpartition(':')[2]}"
            if key in wanted:
                record.fields.setdefault(key, attrs.getValue(attribute)[:MAX_FIELD_LENGTH])
        if relative in wanted and relative not in record.fields:
            self._text, self._text_depth, self._text_length = [], len(self._names), 0
            self._text_name = relative

    def characters(self, content: str) -> None:
        if self._text is None or self._text_depth != len(self._names):
            return
        self._text_length += len(content)
        if self._text_length <= MAX_FIELD_LENGTH:
            self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        depth = len(self._names)
        if self._text is not None and self._text_depth == depth:
            self._end_field()
        if self._open and self._open[-1][1] == depth:
            self._finished.append(self._open.pop()[0])
        self._names.pop()

    def _has_room(self) -> bool:
        """Count one more record in the open one; a post of so many tags is none."""
        if not self._open:
            return True
        record = self._open[-1][0]
        record.count += 1
        if record.count > MAX_RECORDS_WITHIN:
            record.problem = f"it holds more than {MAX_RECORDS_WITHIN:,} tags, comments and fields"
        return not record.problem

    def _begin_record(self, path: str) -> None:
        self._count += 1
        within = self._open[-1][0] if self._open else None
        record = Record(path, self._parser.getLineNumber() or 0, self._count, within)
        self._open.append((record, len(self._names)))

    def _end_field(self) -> None:
        record, _ = self._open[-1]
        name = self._text_name
        record.fields[name] = "".join(self._text or ())
        if self._text_length > MAX_FIELD_LENGTH:
            record.problem = f"its {name} is longer than {MAX_FIELD_LENGTH:,} characters"
        self._text = None
