"""Agencies and people that a draft names, compared with those the portal knows.

An exact name or alias is linked. A near one, or one that means several agencies (กพร.), is a question for the coordinator. Nothing is
merged by likeness alone, and nothing new is made before the draft page is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q, QuerySet

from kmportal.library.importer.model import Draft, Speaker
from kmportal.library.importing.echoes import alike
from kmportal.library.importing.work import Choices
from kmportal.people.models import Agency, AgencyAlias, Person, User
from kmportal.people.names import agency_key, person_key

EXACT, NEAR, SEVERAL, UNKNOWN = "exact", "near", "several", "unknown"
NEW = 0
OFFERED = 4
NEAR_ENOUGH = 0.82
PART_OF = 0.6
ALIKE = 0.4


class NamesUndecided(Exception):
    """The coordinator has not said yet who is meant. count: how many names."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} names")
        self.count = count


@dataclass
class Mention:
    """A name as the draft has it, and the blocks it stands in ("" for the metadata)."""

    key: str
    text: str
    detail: str = ""
    blocks: list[str] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        return self.key.startswith("p:")


def key_of_agency(name: str) -> str:
    """How decisions about an agency's name are kept."""
    return f"a:{agency_key(name)}"


def key_of_person(speaker: Speaker) -> str:
    """How decisions about a speaker are kept."""
    return f"p:{person_key(speaker.given, speaker.family)}"


def known_to(viewer: User, key: str) -> QuerySet[Any]:
    """The agencies, or the people whom the viewer may see, among which a key's meaning is chosen."""
    return Person.objects.visible_to(viewer) if key.startswith("p:") else Agency.objects.all()


def mentions(draft: Draft) -> dict[str, Mention]:
    """Every agency and person of the draft once, in the order of their first appearance."""
    found: dict[str, Mention] = {}
    for key, text, detail, block in _all(draft):
        if len(key) > 2:
            mention = found.setdefault(key, Mention(key, text, detail))
            if block not in mention.blocks:
                mention.blocks.append(block)
    return found


def _all(draft: Draft) -> Iterator[tuple[str, str, str, str]]:
    if draft.organiser:
        yield key_of_agency(draft.organiser.value), draft.organiser.value, "", ""
    for block in draft.blocks:
        if block.agency:
            yield key_of_agency(block.agency), block.agency, "", block.id
        for speaker in block.speakers:
            yield key_of_person(speaker), speaker.name, " · ".join(filter(None, (speaker.position, speaker.agency))), block.id
            if speaker.agency:
                yield key_of_agency(speaker.agency), speaker.agency, "", block.id


def match(draft: Draft, viewer: User) -> dict[str, Any]:
    """For every name its state and the ids of the agencies or people it may mean, best first. Three queries."""
    named = mentions(draft)
    agencies = _known_agencies() if any(not mention.is_person for mention in named.values()) else []
    people = _people_like([key[2:] for key in named if key.startswith("p:")], viewer)
    return {key: _compare(key[2:], people if mention.is_person else agencies) for key, mention in named.items()}


def echoes_of(draft: Draft) -> dict[str, list[int]]:
    """Ids of the blocks that published items nearly say too, with the ids of those items."""
    return alike({block.id: block.text for block in draft.blocks if block.type in ("item", "paragraph")})


def resolve(draft: Draft, choices: Choices, found: Mapping[str, Any]) -> dict[str, int]:
    """For every name the id it is linked to, or NEW.

    Raises:
        NamesUndecided: there are names that only a person can tell.
    """
    settled = {key: decided(key, choices, found) for key in mentions(draft)}
    undecided = sum(value is None for value in settled.values())
    if undecided:
        raise NamesUndecided(undecided)
    return {key: value for key, value in settled.items() if value is not None}


def decided(key: str, choices: Choices, found: Mapping[str, Any]) -> int | None:
    """What a name is linked to: as decided, else the exact match, else NEW for an unknown name; None for an open question."""
    if key in choices.names:
        return choices.names[key]
    state, ids = found.get(key, {}).get("state", UNKNOWN), found.get(key, {}).get("ids", [])
    if state == EXACT:
        return int(ids[0])
    return NEW if state == UNKNOWN else None


def _known_agencies() -> list[tuple[int, str]]:
    return [*Agency.objects.values_list("pk", "key"), *AgencyAlias.objects.values_list("agency_id", "key")]


def _people_like(keys: list[str], viewer: User) -> list[tuple[int, str]]:
    """People who share the beginning of the given name or the whole family name with one of these."""
    wanted = Q()
    for key in keys:
        given, _gap, family = key.partition(" ")
        wanted |= Q(key__startswith=given[:3])
        if family:
            wanted |= Q(key__endswith=f" {family}")
    return list(Person.objects.visible_to(viewer).filter(wanted).values_list("pk", "key")) if keys else []


def _compare(key: str, known: Iterable[tuple[int, str]]) -> dict[str, Any]:
    exact: dict[int, None] = {}
    near: dict[int, float] = {}
    parts = _pairs(key)
    for pk, other in known:
        if other == key:
            exact[pk] = None
        elif (score := _likeness(key, parts, other)) >= NEAR_ENOUGH:
            near[pk] = max(score, near.get(pk, 0.0))
    if exact:
        return {"state": EXACT if len(exact) == 1 else SEVERAL, "ids": list(exact)[: OFFERED * 2]}
    best = sorted(near, key=lambda pk: -near[pk])[:OFFERED]
    return {"state": NEAR if best else UNKNOWN, "ids": best}


def _pairs(key: str) -> set[str]:
    return {key[at : at + 2] for at in range(len(key) - 1)}


def _likeness(key: str, parts: set[str], other: str) -> float:
    """0..1. Pairs of letters first, because comparing letter by letter with every agency would take seconds."""
    shorter, longer = sorted((len(key), len(other)))
    if not shorter or shorter / longer < PART_OF:
        return 0.0
    theirs = _pairs(other)
    if len(parts & theirs) < ALIKE * max(1, len(parts | theirs)):
        return 0.0
    if key in other or other in key:
        return max(NEAR_ENOUGH, shorter / longer)
    return SequenceMatcher(None, key, other, autojunk=False).ratio()
