"""Zip and XML opened with care: every limit is checked before anything is unpacked or built."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from .model import Limits, UnreadableFile

_CHUNK = 1 << 16
_NODES = 1_500_000
_ENCRYPTED_FLAG = 0x1


@dataclass(slots=True, eq=False)
class Node:
    """An XML element: `tag` is the local name, attribute names are local too."""

    tag: str
    attrs: Mapping[str, str]
    children: list[Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def child(self, tag: str) -> Node | None:
        """The first child of that name."""
        return next((c for c in self.children if c.tag == tag), None)

    def get(self, tag: str, attr: str = "val") -> str | None:
        """The attribute of the first child of that name; None when either is missing."""
        found = self.child(tag)
        return found.attrs.get(attr) if found else None

    def on(self, tag: str) -> bool | None:
        """A Word switch: True for <b/>, False for <b val="0"/>, None when it is not there."""
        found = self.child(tag)
        return None if found is None else found.attrs.get("val", "1") not in ("0", "false", "none", "off")


class Container:
    """A zip file whose directory has passed the limits."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (
            zipfile.BadZipFile,
            ValueError,
            NotImplementedError,
            OSError,
            UnicodeDecodeError,
            IndexError,
            OverflowError,
        ) as error:
            raise UnreadableFile("damaged", "not a zip file") from error
        self._infos = {i.filename: i for i in infos}
        self._check(infos)

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > self.limits.entries:
            raise UnreadableFile("hostile", f"{len(infos)} entries")
        if sum(i.file_size for i in infos) > self.limits.expanded_bytes:
            raise UnreadableFile("hostile", "expands too far")
        for info in infos:
            name = info.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
                raise UnreadableFile("hostile", "an entry leaves the archive")
            if info.flag_bits & _ENCRYPTED_FLAG:
                raise UnreadableFile("encrypted", "encrypted entries")
            if info.file_size > (1 << 20) and info.file_size > self.limits.ratio * max(1, info.compress_size):
                raise UnreadableFile("hostile", "compressed beyond reason")

    def names(self) -> list[str]:
        """The entries, in the order of the directory."""
        return list(self._infos)

    def read(self, name: str) -> bytes | None:
        """The content of an entry, None if there is none; never more than the directory says."""
        info = self._infos.get(name)
        if info is None:
            return None
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as entry:
                while chunk := entry.read(_CHUNK):
                    size += len(chunk)
                    if size > min(info.file_size, self.limits.expanded_bytes):
                        raise UnreadableFile("hostile", "an entry is larger than declared")
                    parts.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise UnreadableFile("damaged", f"entry {name} cannot be unpacked") from error
        return b"".join(parts)

    def xml(self, name: str) -> Node | None:
        """The root element of an entry, None if there is no such entry."""
        data = self.read(name)
        return None if data is None else parse_xml(data, self.limits)


def parse_xml(data: bytes, limits: Limits) -> Node:
    """A small tree. UnreadableFile: `hostile` for a DTD, entities or absurd depth, `damaged` for broken XML."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    root = Node("", {})
    stack = [root]
    count = 0

    def refuse(*_: object) -> int:
        raise UnreadableFile("hostile", "a document type or entity in the XML")

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(stack) > limits.xml_depth or count > _NODES:
            raise UnreadableFile("hostile", "XML too deep or too long")
        node = Node(tag.rpartition("}")[2], {k.rpartition("}")[2]: v for k, v in attrs.items()})
        stack[-1].children.append(node)
        stack.append(node)

    def end(_tag: str) -> None:
        stack.pop()

    def text(value: str) -> None:
        stack[-1].text.append(value)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableFile("damaged", "broken XML") from error
    return root.children[0]
