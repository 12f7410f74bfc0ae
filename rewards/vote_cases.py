"""Patterns of votes as cases for moderators: who handles them, how they end, what waits meanwhile. Registered in RewardsConfig.ready."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.moderation import kinds
from kmportal.moderation.kinds import Kind, Outcome, Ready
from kmportal.moderation.querysets import is_admin
from kmportal.people.models import User
from kmportal.people.roles import Role
from rewards import holds
from rewards.actions import fairplay
from rewards.models import Finding

KEPT = (
    Ready("work", _("These people work together: that they find each other's answers useful explains itself.")),
    Ready("chance", _("The answers are good, and others found them useful, too.")),
)
AGREED = (
    Ready("agreed", _("The votes were given without regard to what was written.")),
    Ready("same", _("Several accounts were used to vote for one person.")),
)


def _handled(user: Any) -> "Iterator[QuerySet[Any]]":
    """Moderators all but those that are about themselves."""
    is_moderator = user.is_authenticated and user.is_active and user.has_role(Role.MODERATOR)
    yield Finding.objects.exclude(people=user) if is_moderator else Finding.objects.none()


def _readable(user: Any) -> "Iterator[QuerySet[Any]]":
    """Those who handle them, administrators where nobody else can, and those whom they are about."""
    if not (user.is_authenticated and user.is_active):
        yield Finding.objects.none()
    elif user.has_role(Role.MODERATOR) or is_admin(user):
        yield Finding.objects.all()
    else:
        yield Finding.objects.filter(people=user)


def _handlers(finding: Finding) -> list[User]:
    found = User.objects.filter(is_active=True, groups__name=Role.MODERATOR.value)
    return list(found.exclude(pk__in=finding.people.values("pk")))


def _uphold(case: Any, actor: Any, reason: str) -> dict[str, Any]:
    return {"reversed": fairplay.uphold(actor=actor, finding=case.subject, note=reason)}


def _reinstate(case: Any, actor: Any, reason: str) -> None:
    fairplay.reinstate(actor=actor, finding=case.subject, reversed_now=case.decision.data.get("reversed", []))


def _dismiss(case: Any, actor: Any, reason: str) -> None:
    fairplay.dismiss(actor=actor, finding=case.subject)


def register() -> None:
    """Declares the kind, and that points from votes under a case keep waiting."""
    holds.register(fairplay.of_suspected)
    kinds.register(
        Kind(
            fairplay.CASE, pgettext_lazy("cases about", "Votes"), icon="up", handled=_handled, readable=_readable,
            handlers=_handlers, about=lambda finding: finding.people.all(), place=lambda finding: "", loaded=_loaded,
            titles=lambda finding: ("แบบแผนของการกดว่าเป็นประโยชน์และการเลือกคำตอบ", "A pattern of votes"),
            evidence="rewards/case.html", outcomes=_outcomes(), lock=fairplay.lock,
        )
    )  # fmt: skip


def _loaded() -> "Iterator[QuerySet[Any]]":
    yield Finding.objects.all()


def _outcomes() -> tuple[Outcome, ...]:
    return (
        Outcome(
            "fine", pgettext_lazy("decision on votes", "Nothing is wrong"),
            _("All points stay. The same votes are not brought up again."),
            _("All points stay; nothing is wrong with the votes."), apply=_dismiss, against=False, reasons=KEPT,
        ),
        Outcome(
            "corrected", pgettext_lazy("decision on votes", "Correct the points"),
            _("Exactly what these votes brought goes back, points and reputation. After an appeal it can return."),
            _("What these votes brought was taken back, points and reputation; your statement shows each row."),
            apply=_uphold, undo=_reinstate, reasons=AGREED,
        ),
    )  # fmt: skip
