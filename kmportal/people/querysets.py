"""Reading agencies and people."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from kmportal.people.models import Agency, Person  # noqa: F401 - names for the annotations only

# ministry > department > bureau > group: nobody stands deeper.
AGENCY_LEVELS = 4


class AgencyQuerySet(models.QuerySet["Agency"]):
    def within(self, agency: "Agency") -> "AgencyQuerySet":
        """The agency and everything below it."""
        wanted = Q(pk=agency.pk)
        for depth in range(1, AGENCY_LEVELS):
            wanted |= Q(**{"__".join(["parent"] * depth): agency})
        return self.filter(wanted)

    def named(self, key: str) -> "AgencyQuerySet":
        """Agencies whose name, abbreviation or alias folds to this key (people.names.agency_key); several for an ambiguous one."""
        return self.filter(Q(key=key) | Q(aliases__key=key)).distinct()


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: Any) -> "PersonQuerySet":
        """People who are credited with public knowledge are public; account holders show to members, unless they hid themselves."""
        if not user.is_authenticated:
            return self.filter(Q(user=None) | Q(is_public=True))
        return self.filter(Q(user=None) | Q(is_listed=True) | Q(user=user))
