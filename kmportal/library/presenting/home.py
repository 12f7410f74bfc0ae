"""The home page: what there is, by category and agency; what is new; what others met; what waits for a coordinator."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from kmportal.library import facets, shelves
from kmportal.library.criteria import Taxonomy
from kmportal.library.listing import attach_strips
from kmportal.library.models import Item
from kmportal.library.shelves import PAGE_TYPES, Filters
from kmportal.people.models import Agency
from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCategory

NEW_LESSONS, NEW_SEMINARS, OBSTACLES, AGENCIES = 4, 3, 4, 9


@dataclass
class Home:
    leaves: list[dict[str, Any]]
    page_count: int
    agency_count: int
    item_count: int
    lessons: list[Any]
    seminars: list[Any]
    obstacles: list[Item]
    agencies: list[tuple[Agency, int]]


def read(request: HttpRequest) -> Home:
    """What this reader may see of it all, in five queries."""
    user = request.user
    numbers = facets.count(user, Filters(), facets.all_agencies(), ("type", "category", "agency"))
    types = numbers.of("type")
    new, seminars = _newest(user)
    obstacles = shelves.items(user, Filters(kind=ItemKind.OBSTACLE)).filter(level=0)
    leading = sorted(numbers.of("agency").items(), key=lambda pair: (-pair[1], pair[0]))
    # A ministry's number is the sum of its departments': the departments are the ones who told.
    known = [(numbers.agencies[int(key)], n) for key, n in leading if int(key) in numbers.agencies]
    agencies = [(agency, n) for agency, n in known if agency.kind != Agency.Kind.MINISTRY]
    return Home(
        _leaves(numbers.of("category")),
        page_count=sum(types.get(name, 0) for name in PAGE_TYPES),
        agency_count=len(agencies),
        item_count=types.get("item", 0),
        lessons=new,
        seminars=seminars,
        obstacles=list(
            obstacles.select_related("page__agency", "talk__agency").order_by("-page__dated", "-page_id", "position")[:OBSTACLES]
        ),
        agencies=agencies[:AGENCIES],
    )


def _newest(user: Any) -> tuple[list[Any], list[Any]]:
    """The newest lessons and practices, and the newest seminars: one query for both, one for their categories."""
    found: Any = shelves.pages(user, Filters())
    seminar, order = PAGE_TYPES["seminar"], ("-dated", "-pk")
    wanted = Q(pk__in=found.not_exact_type(seminar).order_by(*order).values("pk")[:NEW_LESSONS])
    wanted |= Q(pk__in=found.exact_type(seminar).order_by(*order).values("pk")[:NEW_SEMINARS])
    pages = attach_strips(list(shelves.counted(found.filter(wanted)).order_by(*order)))
    return [page for page in pages if page.specific_class is not seminar], [
        page for page in pages if page.specific_class is seminar
    ]


def _leaves(counts: dict[str, int]) -> list[dict[str, Any]]:
    taxonomy = Taxonomy.current()
    return [
        {"mark": number, "title": wording.name, "number": number, "count": counts.get(number, 0)}
        for number in PmqaCategory.NUMBERS
        if (wording := taxonomy.wording(number)) is not None
    ]
