"""Reading agencies and people."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from kmportal.people import kept
from kmportal.people.names import agency_key, fold
from kmportal.people.roles import Role

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

    def matching(self, words: str) -> "AgencyQuerySet":
        """Agencies whose name, English name or alias holds all the words, however they are spaced and dotted."""
        found = self
        for word in filter(None, map(agency_key, words.split())):
            found = found.filter(
                Q(key__contains=word)
                | Q(name_en__icontains=word)
                | Q(pk__in=found.filter(aliases__key__contains=word).values("pk"))
            )
        return found

    def with_lineage(self) -> "AgencyQuerySet":
        """Ready for lineage() without further queries."""
        return self.select_related("parent__parent__parent")


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: Any) -> "PersonQuerySet":
        """People who are credited with public knowledge are public; account holders show to members, unless they hid themselves.

        Guests meet those of their communities only. Somebody without an account who is not listed was told of in a closed circle:
        nobody meets them here.
        """
        public = Q(user=None, is_listed=True) | Q(is_public=True)
        if not user.is_authenticated:
            return self.filter(public)
        if user.is_guest:
            # Those of the same communities; a subquery, since a join would repeat rows.
            beside = user.memberships.values("community__memberships__user")
            return self.filter(public | Q(user=user) | Q(is_listed=True, user__in=beside))
        return self.filter(Q(is_listed=True) | Q(user=user))

    def without_account(self, user: Any) -> "PersonQuerySet":
        """People without an account whom this coordinator may look after."""
        return kept.not_from(user, self.filter(user=None))

    def matching(self, words: str) -> "PersonQuerySet":
        """People whose name or position holds all the words."""
        found = self
        for word in words.split():
            folded = fold(word)
            named = Q(key__contains=folded) if folded else Q()
            found = found.filter(named | Q(position__icontains=word))
        return found

    def of_agency(self, agency: "Agency") -> "PersonQuerySet":
        """People of the agency and of everything below it. No join, so counts stay true."""
        depths = ["agency" + "__parent" * depth for depth in range(AGENCY_LEVELS)]
        wanted = Q()
        for path in depths:
            wanted |= Q(**{path: agency})
        return self.filter(wanted)

    def placeable_by(self, user: Any) -> "PersonQuerySet":
        """People with accounts whose agency this coordinator may set (permissions.can_place_account), the newest first."""
        found = self.exclude(user=None).exclude(user=user.pk).select_related("user__agency", "agency")
        found = found.order_by("-user__date_joined", "-pk")
        if user.is_superuser or user.has_role(Role.NETWORK_COORDINATOR, Role.SITE_ADMIN):
            return found
        if user.agency is None or not user.has_role(Role.AGENCY_COORDINATOR):
            return found.none()
        return found.filter(Q(user__agency=None) | Q(pk__in=self.of_agency(user.agency).values("pk")))
