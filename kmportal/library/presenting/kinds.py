"""How a kind of statement looks: an icon and a tone beside its name. Colour is never the only sign."""

from dataclasses import dataclass
from typing import Any

from kmportal.taxonomy.kinds import ItemKind

_LOOKS: dict[str, tuple[str, str]] = {
    ItemKind.PRACTICE: ("hand", ""),
    ItemKind.SUCCESS_FACTOR: ("check", "ok"),
    ItemKind.OBSTACLE: ("warn", "bad"),
    ItemKind.OBSERVATION: ("eye", ""),
    ItemKind.LESSON: ("book", "ok"),
    ItemKind.RECOMMENDATION: ("bulb", "ok"),
    ItemKind.QUESTION: ("ask", ""),
    ItemKind.ANSWER: ("quote", ""),
    ItemKind.DEFINITION: ("info", ""),
    ItemKind.METRIC: ("chart", ""),
}


@dataclass(frozen=True)
class KindLook:
    value: str
    label: Any
    icon: str
    tone: str


KINDS: dict[str, KindLook] = {kind.value: KindLook(kind.value, kind.label, *_LOOKS[kind]) for kind in ItemKind}
