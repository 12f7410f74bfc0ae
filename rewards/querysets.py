"""Reading points: one's own only, and the rules, which are everybody's."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from rewards.models import Account, Finding, RuleVersion, Transfer  # noqa: F401 - names for the annotations only


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, user: Any) -> "AccountQuerySet":
        """What a person has is theirs to see."""
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def figures(self) -> dict[str, int]:
        """Kind of account to what it holds, of the accounts of one person."""
        return {kind: balance or 0 for kind, balance in self.values_list("kind", "balance")}

    def shown_reputation(self) -> "AccountQuerySet":
        """Reputation that its owners let others see."""
        return self.filter(kind="reputation", balance__gt=0).exclude(owner__points_showing__reputation=False)


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: Any) -> "TransferQuerySet":
        """Everybody reads their own."""
        return self.filter(owner=user) if user.is_authenticated else self.none()

    def between(self, start: datetime | None, end: datetime | None) -> "TransferQuerySet":
        """From `start` on, before `end`; None leaves that side open."""
        found = self.filter(happened_at__gte=start) if start else self
        return found.filter(happened_at__lt=end) if end else found

    def standing(self) -> "TransferQuerySet":
        """Those that were not reversed."""
        return self.filter(reversal=None)

    def with_sums(self) -> "TransferQuerySet":
        """Each with what it did to the person's accounts: `to_pending`, `to_available` …."""
        kinds = ("pending", "available", "reserved", "debt", "reputation")
        legs = self.model._meta.get_field("legs").related_model._default_manager

        def of(kind: str) -> Coalesce:
            found = legs.filter(transfer=OuterRef("pk"), account__owner=OuterRef("owner"), account__kind=kind)
            return Coalesce(Subquery(found.values("amount")[:1]), 0)

        return self.annotate(**{f"to_{kind}": of(kind) for kind in kinds})

    def with_balance(self) -> "TransferQuerySet":
        """Each with the points that were available after it: `balance`."""
        legs = self.model._meta.get_field("legs").related_model._default_manager
        before = (
            legs.filter(account__owner=OuterRef("owner"), account__kind="available", transfer__lte=OuterRef("pk"))
            .order_by()
            .values("account")
            .annotate(sum=Sum("amount"))
            .values("sum")
        )
        return self.annotate(balance=Coalesce(Subquery(before), 0))


class FindingQuerySet(models.QuerySet["Finding"]):
    def corrected_since(self, moment: datetime) -> "FindingQuerySet":
        """Those that a moderator upheld; how many there were is for everybody to know, what they were about is not."""
        return self.filter(state="upheld", decided_at__gte=moment)


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def holding_at(self, moment: datetime) -> "RuleVersionQuerySet":
        """The version of each rule that holds at that moment: the newest of those that have begun."""
        newest = (
            self.model._default_manager.filter(rule=OuterRef("rule"), effective_from__lte=moment)
            .order_by("-effective_from", "-number")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(newest))

    def to_come(self, moment: datetime) -> "RuleVersionQuerySet":
        """Versions that were written for later."""
        return self.filter(effective_from__gt=moment).order_by(F("effective_from").asc(), "number")
