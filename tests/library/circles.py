"""One page of each kind in each circle, every one with words of its own that must not turn up elsewhere."""

from dataclasses import dataclass
from typing import Any

from communities.models import Community
from kmportal.people.models import Agency
from tests.make import library as make
from tests.make.people import AGENCY_A, COMMUNITY_C

WORD = "คานารี"
# Which circles each persona of the tests stands in.
READERS = {
    "visitor": {"public"},
    "officer": {"public", "network", "agency"},
    "colleague": {"public", "network", "agency"},
    "outsider": {"public", "network"},
    "coordinator": {"public", "network", "agency"},
    "agency_coordinator": {"public", "network", "agency"},
    "admin": {"public", "network"},
    "cop_member": {"public", "network", "community"},
}
CIRCLES = ("public", "network", "agency", "community")


@dataclass(frozen=True)
class Circle:
    """The pages of one circle; `word` stands in all of them and nowhere else."""

    word: str
    seminar: Any
    lesson: Any
    practice: Any
    draft: Any


def fill() -> dict[str, Circle]:
    """Of agency A and community C where a circle has one."""
    agency, community = Agency.objects.get(slug=AGENCY_A), Community.objects.get(slug=COMMUNITY_C)
    return {
        name: _circle(name, agency if name == "agency" else None, community if name == "community" else None) for name in CIRCLES
    }


def again(row: Any) -> Any:
    """The row as it is in the database: what tests share they must not change in memory."""
    return type(row).objects.get(pk=row.pk)


def _circle(name: str, agency: Any, community: Any) -> Circle:
    word = f"{WORD}-{name}"
    kept = {"visibility": name, "agency": agency, "community": community}
    items = [make.item("obstacle", f"{word} obstacle"), make.item("practice", f"{word} practice")]
    seminar = make.make_seminar(
        f"{word} seminar", talks=[make.talk(f"{word} talk", categories=["6"], items=items)], summary=f"{word} summary", **kept
    )
    lesson = make.make_lesson(f"{word} lesson", items=list(seminar.items.all()), what_happened=f"<p>{word} happened</p>", **kept)
    practice = make.make_practice(f"{word} practice", problem=f"<p>{word} problem</p>", **kept)
    draft = make.make_lesson(f"{word} draft", publish=False, **kept)
    return Circle(word, seminar, lesson, practice, draft)
