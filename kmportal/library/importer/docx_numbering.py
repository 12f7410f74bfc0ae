"""Automatic numbering of a Word document: the marker a reader sees before each paragraph.

Follows ECMA-376 part 1, 17.9: numbering instances point at abstract definitions, levels restart below a higher one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from .container import Node
from .text import SYMBOL_BULLETS

_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_DEEPEST = 9
_COUNT_MAX = 9_999


@dataclass(slots=True)
class Level:
    """One level of a list definition."""

    start: int = 1
    form: str = "decimal"
    shape: str = "%1."
    legal: bool = False
    restart: int | None = None
    indent: float = 0.0
    style: str | None = None


@dataclass(slots=True)
class Numbering:
    """All lists of a document with their running counters."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    counters: dict[str, list[int]] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[str] = field(default_factory=set)

    @classmethod
    def from_xml(cls, root: Node | None) -> Numbering:
        """Read word/numbering.xml; None gives a document without lists."""
        made = cls()
        if root is None:
            return made
        abstract = {a.attrs.get("abstractNumId", ""): a for a in root.children if a.tag == "abstractNum"}
        by_style = {a.get("styleLink") or "": n for n, a in abstract.items() if a.child("styleLink")}
        for num in root.children:
            if num.tag != "num":
                continue
            key, family = num.attrs.get("numId", ""), num.get("abstractNumId") or ""
            target = abstract.get(family)
            if target is not None and (link := target.get("numStyleLink")):
                family = by_style.get(link, family)
                target = abstract.get(family)
            made._add(key, family, target, num)
        return made

    def _add(self, key: str, family: str, target: Node | None, num: Node) -> None:
        levels = {_int(x.attrs.get("ilvl")): _level(x) for x in (target.children if target else []) if x.tag == "lvl"}
        for override in num.children:
            if override.tag != "lvlOverride":
                continue
            at = _int(override.attrs.get("ilvl"))
            if (own := override.child("lvl")) is not None:
                levels[at] = _level(own)
            if (start := override.get("startOverride")) is not None:
                self.overrides.setdefault(key, {})[at] = _int(start)
        self.lists[key] = levels
        self.families[key] = family

    def level(self, num_id: str, at: int) -> Level | None:
        """The definition of a level, None when the list is unknown or switched off (numId 0)."""
        return self.lists.get(num_id, {}).get(at)

    def next(self, num_id: str, at: int) -> str | None:
        """Count one paragraph on and give its marker; None when it shows none."""
        level = self.level(num_id, at)
        if level is None or not 0 <= at < _DEEPEST:
            return None
        family = self.families[num_id]
        counter = self.counters.setdefault(family, [-1] * _DEEPEST)
        if num_id not in self.started:
            self.started.add(num_id)
            for where, start in self.overrides.get(num_id, {}).items():
                if 0 <= where < _DEEPEST:
                    counter[where] = start - 1
        self._count(counter, num_id, at, level)
        return self._shown(counter, num_id, at, level) or None

    def _count(self, counter: list[int], num_id: str, at: int, level: Level) -> None:
        for upper in range(at):
            if counter[upper] < 0:
                above = self.level(num_id, upper)
                counter[upper] = above.start if above else 1
        counter[at] = level.start if counter[at] < 0 else min(counter[at] + 1, _COUNT_MAX)
        for lower in range(at + 1, _DEEPEST):
            below = self.level(num_id, lower)
            if below is None or below.restart is None or below.restart > at:
                counter[lower] = -1

    def _shown(self, counter: list[int], num_id: str, at: int, level: Level) -> str:
        if level.form == "bullet":
            return "".join(SYMBOL_BULLETS.get(ord(c), "•" if "\uf000" <= c <= "\uf0ff" else c) for c in level.shape) or "•"
        if level.form == "none":
            return ""
        shown = level.shape
        for n in range(_DEEPEST):
            mark = f"%{n + 1}"
            if mark in shown:
                source = self.level(num_id, n)
                form = "decimal" if level.legal or source is None else source.form
                shown = shown.replace(mark, spell(max(counter[n], 0), form))
        return shown.strip()


def spell(number: int, form: str) -> str:
    """A number in a Word number format; formats that lists of ours do not use come out as digits."""
    if form.endswith(("Letter", "Roman")):
        text = _roman(number) if form.endswith("Roman") else _letter(number)
        return text.upper() if form.startswith("upper") else text
    if form == "decimalEnclosedCircle" and not 1 <= number <= 20:
        return str(number)
    return _FORMATS.get(form, str)(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "thaiLetters": lambda n: _THAI_LETTERS[(n - 1) % len(_THAI_LETTERS)] if n else "",
    "thaiNumbers": lambda n: str(n).translate(_THAI_DIGITS),
    "decimalZero": lambda n: f"{n:02d}",
    "decimalEnclosedCircle": lambda n: chr(0x2460 + n - 1),
}


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _level(node: Node) -> Level:
    indent = node.child("pPr")
    left = indent.child("ind") if indent else None
    restart = node.get("lvlRestart")
    return Level(
        start=_int(node.get("start"), 1),
        form=node.get("numFmt") or "decimal",
        shape=(node.get("lvlText") or "")[:60],
        legal=bool(node.on("isLgl")),
        restart=None if restart is None else _int(restart),
        indent=twips(left),
        style=node.get("pStyle"),
    )


def twips(ind: Node | None) -> float:
    """The left indent of a w:ind element in widths of a character (about 120 twips)."""
    return _int(ind.attrs.get("left") or ind.attrs.get("start")) / 120 if ind else 0.0


def _int(value: str | None, default: int = 0) -> int:
    try:
        number = int(float(value)) if value is not None else default
    except (ValueError, OverflowError):
        return default
    return max(-1_000_000, min(number, 1_000_000))
