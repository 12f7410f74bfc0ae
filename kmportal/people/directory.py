"""Reading for the pages of people and agencies: the tree with its counts. No writes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, Window
from django.http import Http404

from kmportal.core.thai_order import order_key
from kmportal.people.models import Agency, Person
from kmportal.people.querysets import PersonQuerySet

PER_PAGE = 20


@dataclass
class Branch:
    """An agency in the tree, with what stands below it and how many people the reader sees in all of it."""

    agency: Agency
    people: int = 0
    children: list["Branch"] = field(default_factory=list)
    found: bool = True


@dataclass(frozen=True)
class Family:
    """An agency with its parts and the other names people use for it."""

    agency: Agency
    parts: list[Agency]
    aliases: list[str]


def family(slug: str) -> Family:
    """One query. Raises: Http404 where there is no such agency."""
    near = Agency.objects.with_lineage().filter(Q(slug=slug) | Q(parent__slug=slug)).annotate(other_name=F("aliases__name"))
    rows: list[Any] = list(near.order_by("order", "pk", "aliases__name"))
    shown = next((row for row in rows if row.slug == slug), None)
    if shown is None:
        raise Http404
    known = {shown.name, shown.name_en, shown.abbreviation, None}
    others = [row.other_name for row in rows if row.slug == slug and row.other_name not in known]
    return Family(shown, list({row.pk: row for row in rows if row.slug != slug}.values()), others)


def page_of(people: PersonQuerySet, number: str | None) -> Page[Person]:
    """One page of people, with how many there are in all, in one query. A bad number is the first page, one too high the last."""
    wanted = max(int(number[:9]), 1) if number and number.isdecimal() else 1
    rows: list[Any] = list(people.annotate(in_all=Window(Count("pk")))[(wanted - 1) * PER_PAGE : wanted * PER_PAGE])
    paginator = Paginator(people, PER_PAGE)
    if rows:
        paginator.count = rows[0].in_all
        return Page(rows, wanted, paginator)
    if wanted == 1:
        paginator.count = 0
    return paginator.get_page(wanted)


def visible_counts(user: Any) -> Counter[int]:
    """People per agency, of those this reader may see. One query; hidden people are not counted."""
    rows = Person.objects.visible_to(user).exclude(agency=None).order_by().values_list("agency").annotate(Count("pk"))
    return Counter(dict(rows))


def tree(user: Any, words: str = "", kind: str = "") -> list[Branch]:
    """The agencies as a tree; with a filter, those that fit and what leads to them. Two queries, three with words."""
    agencies = {agency.pk: agency for agency in Agency.objects.all()}
    wanted: Iterable[int] = agencies
    if words or kind:
        fitting = Agency.objects.matching(words)
        wanted = set((fitting.filter(kind=kind) if kind else fitting).values_list("pk", flat=True))
    shown = set(wanted)
    for pk in wanted:
        shown.update(_above(pk, agencies))
    counts = visible_counts(user)
    branches = {pk: Branch(agencies[pk], counts[pk], found=pk in wanted) for pk in agencies if pk in shown}
    for pk in sorted(branches, key=lambda pk: -len(_above(pk, agencies))):
        if (parent := agencies[pk].parent_id) in branches:
            branches[parent].people += branches[pk].people
    roots: list[Branch] = []
    for pk, branch in sorted(branches.items(), key=lambda entry: order_key(str(entry[1].agency))):
        parent = agencies[pk].parent_id
        (branches[parent].children if parent in branches else roots).append(branch)
    return roots


def _above(pk: int, agencies: dict[int, Agency]) -> list[int]:
    found: list[int] = []
    while (parent := agencies[pk].parent_id) in agencies and parent not in found:
        found.append(parent)
        pk = parent
    return found


def breadcrumb(agency: Agency) -> list[tuple[str, str]]:
    """(name, address) from the top down to the agency, which has no address as it is the page itself."""
    above = [(str(one), one.get_absolute_url()) for one in reversed(agency.lineage()[1:])]
    return [*above, (str(agency), "")]
