"""The Thai catalogue: gathered from fragments, checked against the texts in the code, compiled. Needs no gettext programs.

Each part of the house keeps its Thai in a fragment `kmportal/locale/th/<part>.po`. Fragments named after a package (OVERRIDES) replace
that package's own Thai. The compiled file is made at set-up and is not in the repository (docs/decisions/0010).
"""

import gettext
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import trans_real
from django.utils.translation.template import templatize

LANGUAGE = "th"
OVERRIDES = ("wagtail", "allauth", "django")
CODE = ("kmportal", "communities", "qa", "rewards")
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
HEADER = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: {LANGUAGE}\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
_PLACES = re.compile(r"%\([a-z_]+\)[a-z]|%[sd%]|\{[a-z_]*\}", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)
_PARTICLES = re.compile(r"ครับ|ค่ะ|นะคะ|ฮะ(?!\w)")

Key = tuple[str, str]
"""Context ("" for none) and singular text: what a catalogue finds an entry by."""


@dataclass
class Wanted:
    """One text of our own code that readers may see."""

    text: str
    plural: str = ""
    context: str = ""
    places: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)


def root() -> Path:
    return Path(settings.BASE_DIR)


def folder() -> Path:
    return Path(settings.LOCALE_PATHS[0]) / LANGUAGE


def fragments() -> list[Path]:
    return sorted(folder().glob("*.po"))


def compiled() -> Path:
    return folder() / "LC_MESSAGES" / "django.mo"


# --- What the code says ----------------------------------------------------------------------------------------------------------
def wanted() -> dict[Key, Wanted]:
    """Every translatable text of our Python and templates, by key; a text used with a plural anywhere is a plural."""
    found: dict[Key, Wanted] = {}
    for path in _sources():
        for line, messages, comments, context in _extract(path):
            text, plural = (messages[0], messages[1]) if isinstance(messages, tuple) else (messages, "")
            entry = found.setdefault((context or "", text), Wanted(text, context=context or ""))
            entry.plural = entry.plural or plural
            entry.places.append(f"{path.relative_to(root())}:{line}")
            entry.comments += comments
    return found


def _sources() -> Iterator[Path]:
    for package in CODE:
        for path in sorted((root() / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path
    for path in sorted((root() / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml", ".svg"}:
            yield path


def _extract(path: Path) -> Iterator[tuple[int, Any, list[str], str | None]]:
    from babel.messages.extract import extract  # noqa: PLC0415 - heavy, and not needed by a running site

    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Leading blanks mean nothing in a template, but the tokenizer of Python would take them for blocks.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).split("\n"))
    yield from extract("python", BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=["Translators:"])


# --- What the fragments say ------------------------------------------------------------------------------------------------------
def _read(path: Path) -> Any:
    from babel.messages.pofile import read_po  # noqa: PLC0415 - heavy, and not needed by a running site

    source = path.read_text(encoding="utf-8")
    if not re.search(r'^msgid ""\nmsgstr ""\n"', source, re.MULTILINE):
        source = HEADER + source
    return read_po(StringIO(source), locale=LANGUAGE, abort_invalid=True)


def _entries(path: Path) -> dict[Key, Any]:
    return {(entry.context or "", _singular(entry)): entry for entry in _read(path) if entry.id}


def _singular(entry: Any) -> str:
    return str(entry.id[0] if isinstance(entry.id, tuple | list) else entry.id)


def _translation(entry: Any) -> str:
    return str(entry.string[0] if isinstance(entry.string, tuple | list) else entry.string)


def compile_all() -> int:
    """Write the compiled catalogue from all fragments; what comes later in the alphabet wins. Answers the number of texts."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - heavy, and not needed by a running site
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - heavy, and not needed by a running site

    merged = Catalog(locale=LANGUAGE, charset="utf-8")
    # What a package says of itself must not win over what we say: its fragment goes first.
    for path in sorted(fragments(), key=lambda path: (path.stem not in OVERRIDES, path.stem)):
        for entry in _entries(path).values():
            if not entry.fuzzy and _translation(entry):
                merged.delete(entry.id, entry.context)
                merged.add(entry.id, entry.string, context=entry.context)
    target = compiled()
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".draft{id(merged)}")
    with draft.open("wb") as file:
        write_mo(file, merged)
    draft.replace(target)
    _forget_loaded()
    return len(merged)


def _forget_loaded() -> None:
    """Django keeps a catalogue for as long as the process lives: the one that compiles at start and then serves must read it anew."""
    gettext._translations.clear()  # type: ignore[attr-defined]  # as Django's own reloader does on a changed file
    vars(trans_real).update(_translations={}, _default=None)


def is_stale() -> bool:
    """Whether a fragment was changed, added or removed since the last compiling."""
    target = compiled()
    if not target.exists():
        return True
    made = target.stat().st_mtime
    return any(path.stat().st_mtime > made for path in [folder(), *fragments()])


def compile_if_stale() -> bool:
    stale = folder().exists() and is_stale()
    if stale:
        compile_all()
    return stale


# --- What does not fit -----------------------------------------------------------------------------------------------------------
def missing(under: Iterable[str] = ()) -> list[Wanted]:
    """Texts without Thai; with `under`, only those used in files whose path starts so."""
    done: dict[Key, Any] = {}
    for path in fragments():
        done.update({key: entry for key, entry in _entries(path).items() if not entry.fuzzy and _translation(entry)})
    starts = tuple(under)
    return [
        entry
        for key, entry in wanted().items()
        if (key not in done or (entry.plural and not done[key].pluralizable))
        and (not starts or any(place.startswith(starts) for place in entry.places))
    ]


def problems() -> list[str]:
    """Everything that keeps the Thai from being whole, one line each."""
    found = [f"untranslated: {entry.places[0]}: {entry.text!r}" for entry in missing()]
    known = wanted()
    said: dict[Key, tuple[str, str]] = {}
    for path in fragments():
        override = path.stem in OVERRIDES
        entries = _entries(path)
        found += [f"repeated in {path.name}: {text!r}" for text in _repeated(path)]
        for key, entry in entries.items():
            found += [f"{path.name}: {word}: {key[1]!r}" for word in _faults(entry)]
            if override:
                continue
            if key not in known:
                found.append(f"{path.name}: unused: {key[1]!r}")
            first = said.setdefault(key, (path.name, _translation(entry)))
            if first[1] != _translation(entry):
                found.append(f"{path.name} and {first[0]} disagree: {key[1]!r}: {_translation(entry)!r} or {first[1]!r}")
    return found


def _repeated(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    seen: set[tuple[str, str]] = set()
    twice = []
    for entry in re.finditer(r'(?:^msgctxt "(.*)"\n)?^msgid ((?:".*"\n)+)', source, re.MULTILINE):
        key = (entry[1] or "", entry[2])
        if key in seen:
            twice.append(entry[2].strip())
        seen.add(key)
    return twice


def _faults(entry: Any) -> Iterator[str]:
    """What is wrong within one entry: names of the faults."""
    thai = _translation(entry)
    source = str(entry.id[1] if entry.pluralizable else entry.id)
    if entry.fuzzy:
        yield "fuzzy"
    if not thai:
        return
    if set(_PLACES.findall(source)) - {"%%"} != set(_PLACES.findall(thai)) - {"%%"}:
        yield f"places differ ({thai!r})"
    if sorted(_TAGS.findall(source)) != sorted(_TAGS.findall(thai)):
        yield f"tags differ ({thai!r})"
    if source.strip() == source and thai.strip() != thai:
        yield "blank at an end"
    if _PARTICLES.search(thai):
        yield f"polite particle ({thai!r})"


def as_po(entries: Iterable[Wanted]) -> str:
    """Entries to fill in, in the form of a fragment."""
    blocks = []
    for entry in entries:
        lines = [f"#. {comment}" for comment in dict.fromkeys(entry.comments)]
        lines += [f"#: {place}" for place in entry.places[:3]]
        if entry.context:
            lines.append(f"msgctxt {_quoted(entry.context)}")
        lines.append(f"msgid {_quoted(entry.text)}")
        lines += [f"msgid_plural {_quoted(entry.plural)}", 'msgstr[0] ""'] if entry.plural else ['msgstr ""']
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    from babel.messages.pofile import normalize  # noqa: PLC0415 - heavy, and not needed by a running site

    return str(normalize(text, width=0))
