"""Which agency somebody counts for: the department, whichever bureau or group they work in. The same rule as rules.are_of_one_agency."""

from collections import defaultdict
from collections.abc import Iterable

from kmportal.people.models import Agency, User


def office_of(agency: Agency) -> Agency:
    """The agency itself, or the highest that it is part of below a ministry. Ask with lineage at hand."""
    below = [one for one in agency.lineage() if one.kind != Agency.Kind.MINISTRY]
    return below[-1] if below else agency


def offices() -> dict[int, Agency]:
    """Key of every agency to its office. One query."""
    return {agency.pk: office_of(agency) for agency in Agency.objects.with_lineage()}


def count_others(pairs: Iterable[tuple[int, int | None]]) -> dict[int, int]:
    """How many offices other than their own stand behind each person: of (person, agency of somebody who confirmed). Two queries."""
    listed = [(person, agency) for person, agency in pairs if agency is not None]
    known = {pk: office.pk for pk, office in offices().items()} if listed else {}
    own = dict(User.objects.filter(pk__in={person for person, _agency in listed}).values_list("pk", "agency")) if listed else {}
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person, agency in listed:
        home = own.get(person)
        if home is None or known[agency] != known[home]:
            found[person].add(known[agency])
    return {person: len(several) for person, several in found.items()}
