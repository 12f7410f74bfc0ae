"""What is still missing: before a contest can be announced, and before an entry can be handed in. The pages show it, the verbs ask it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from kmportal.contest import clock, telltale
from kmportal.contest.models import Contest, Entry
from kmportal.contest.models.contests import DATES
from kmportal.core import clean

FEWEST_LEVELS = 2
WHOLE = 100
MOST_TRACES = 6


@dataclass(frozen=True)
class Check:
    """One line. What is not `needed` is good to have and stops nobody."""

    label: str
    done: bool
    step: str
    note: str = ""
    needed: bool = True


def of_contest(contest: Contest) -> list[Check]:
    """What an organiser still has to do before the announcement."""
    criteria = list(contest.criteria.annotate(steps=Count("levels")))
    total = sum(one.weight for one in criteria)
    levels = bool(criteria) and all(one.steps >= FEWEST_LEVELS for one in criteria)
    vote_fits = not contest.popular_share or contest.has_vote
    return [
        Check(_("A title"), bool(contest.title_th), "words"),
        Check(_("The story: what the contest is for"), bool(contest.story_th), "words"),
        Check(_("A cover picture, with words for those who cannot see it"), bool(contest.cover_id and contest.cover_alt), "words", needed=False),
        Check(_("The rules"), bool(contest.rules_th), "words"),
        Check(_("At least one category"), contest.categories.exists(), "categories"),
        Check(_("Who may enter"), contest.for_persons or contest.for_teams or contest.for_units, "entering"),
        Check(_("All dates"), all(getattr(contest, name) for name in DATES), "dates"),
        Check(_("Entries close in the future"), _is_ahead(contest), "dates"),
        Check(_("Criteria, with weights that make 100"), total == WHOLE, "criteria", _("now %(total)d of 100") % {"total": total}),
        Check(_("For each criterion, words for at least two levels"), levels, "criteria"),
        Check(_("Dates of the vote, where the vote counts"), vote_fits, "dates"),
        Check(_("Prizes"), contest.prizes.exists(), "prizes", needed=False),
    ]  # fmt: skip


def _is_ahead(contest: Contest) -> bool:
    return contest.enter_until is not None and contest.enter_until > clock.now()


def of_entry(entry: Entry) -> list[Check]:
    """What an entrant still has to do before handing in."""
    photos = list(entry.pictures.values_list("alt", flat=True))
    alone = entry.kind == Entry.Kind.PERSON
    waiting, told = entry.team.filter(consent="asked").count(), telltale.traces(entry)
    note = _("%(count)d have not answered yet: until they agree, they are named nowhere") % {"count": waiting} if waiting else ""
    return [
        Check(_("A category"), entry.category_id is not None, "corner"),
        Check(_("A title"), bool(entry.title), "corner"),
        Check(_("What it is, in short"), bool(entry.summary), "corner"),
        Check(_("The name of the team or unit"), alone or bool(entry.unit), "corner"),
        Check(_("What happened"), clean.says_something(entry.what_happened), "lesson"),
        Check(_("The lesson, in one sentence"), bool(entry.lesson), "lesson"),
        Check(_("At least one photograph"), bool(photos), "pictures"),
        Check(_("Words for each photograph, for those who cannot see it"), bool(photos) and all(photos), "pictures"),
        Check(_("Nothing in the words tells judges whose it is"), not told, "corner", _told(told), needed=False),
        Check(_("Everybody in the team has agreed"), not waiting, "team", note, needed=False),
    ]


def _told(traces: list[telltale.Trace]) -> str:
    """Where names stand; all of them would be a wall."""
    return "; ".join(f"{one.where}: {one.words}" for one in traces[:MOST_TRACES])


def missing(checks: list[Check]) -> list[Check]:
    return [one for one in checks if one.needed and not one.done]


def as_words(checks: list[Check]) -> Any:
    return ", ".join(one.label for one in missing(checks))
