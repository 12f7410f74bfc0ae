"""The state of a review: the draft, and what the coordinator decided beside it; and the difference between two states.

Every step of a review is kept as such a difference, small enough to keep them all, and is undone by applying it backwards.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kmportal.library.importer.model import Draft
from kmportal.library.models import ImportJob
from kmportal.library.visibility import Visibility
from kmportal.people.models import User
from kmportal.people.roles import Role
from kmportal.taxonomy.models import PmqaEdition

State = dict[str, Any]
Patch = dict[str, Any]


@dataclass(frozen=True)
class Choices:
    """What is decided beside the text.

    names: a name as `names.match` keys it, to the id of the agency or person it means, or to 0 for "make a new one".
    left_out: ids of blocks that stay in the import and in the original file, but not on the page.
    page: the page this import updates; None makes a new one. asked: the question "update or new?" was answered.
    """

    visibility: str = Visibility.NETWORK.value
    agency: int | None = None
    edition: int | None = None
    categories: tuple[str, ...] = ()
    names: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    page: int | None = None
    asked: bool = False

    @classmethod
    def at_first(cls, draft: Draft, owner: User) -> "Choices":
        """What the draft suggests: the edition of its year, the categories its talks name; the agency of an agency's coordinator."""
        year = draft.edition_year - 543 if draft.edition_year else (int(draft.start.value[:4]) if draft.start else None)
        edition = PmqaEdition.objects.filter(is_current=True).first()
        if year:
            edition = PmqaEdition.objects.filter(first_year__lte=year).order_by("-first_year").first() or edition
        network = owner.has_role(Role.NETWORK_COORDINATOR)
        numbers = {number for block in draft.blocks for number in block.categories}
        return cls(
            agency=None if network else owner.agency_id,
            edition=edition.pk if edition else None,
            categories=tuple(sorted(numbers)),
        )

    def to_json(self) -> State:
        """Plain values."""
        return {**dataclasses.asdict(self), "categories": list(self.categories), "left_out": list(self.left_out)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Choices":
        """The inverse of `to_json`; what an older version of us did not write has its default."""
        known = {name: value for name, value in data.items() if name in cls.__dataclass_fields__}
        for name in ("categories", "left_out"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)


@dataclass(frozen=True)
class Work:
    """A draft with its choices."""

    draft: Draft
    choices: Choices

    @classmethod
    def of(cls, job: ImportJob) -> "Work":
        """The newest state of an import under review."""
        return cls.from_state({"draft": job.draft, "choices": job.choices})

    @classmethod
    def from_state(cls, state: State) -> "Work":
        """The inverse of `to_state`."""
        return cls(Draft.from_json(state["draft"]), Choices.from_json(state["choices"]))

    def shown(self) -> Draft:
        """The draft without what was left out: what the page will hold."""
        gone = set(self.choices.left_out)
        return dataclasses.replace(self.draft, blocks=tuple(block for block in self.draft.blocks if block.id not in gone))

    def to_state(self) -> State:
        """Plain values of both."""
        return {"draft": self.draft.to_json(), "choices": self.choices.to_json()}


def difference(before: State, after: State) -> Patch:
    """The span of blocks that changed, old and new, and every other value that changed, old and new."""
    old, new = before["draft"]["blocks"], after["draft"]["blocks"]
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return {
        "at": start,
        "old": old[start : len(old) - end],
        "new": new[start : len(new) - end],
        "draft": _changed(before["draft"], after["draft"]),
        "choices": _changed(before["choices"], after["choices"]),
    }


def is_empty(patch: Patch) -> bool:
    """Whether nothing changed."""
    return not any(patch[part] for part in ("old", "new", "draft", "choices"))


def apply(state: State, patch: Patch, *, backwards: bool = False) -> State:
    """The state after the patch, or before it when applied backwards."""
    old, new = ("new", "old") if backwards else ("old", "new")
    blocks, at = state["draft"]["blocks"], patch["at"]
    side = 0 if backwards else 1
    return {
        "draft": {
            **state["draft"],
            **{name: values[side] for name, values in patch["draft"].items()},
            "blocks": [*blocks[:at], *patch[new], *blocks[at + len(patch[old]) :]],
        },
        "choices": {**state["choices"], **{name: values[side] for name, values in patch["choices"].items()}},
    }


def _common(left: list[Any], right: list[Any]) -> int:
    """How many values the two have in common at their beginning."""
    same = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        same += 1
    return same


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {name: [before.get(name), after[name]] for name in after if name != "blocks" and before.get(name) != after[name]}
