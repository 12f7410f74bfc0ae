"""Opening a circle, in its lobby: method, title, what may become of it, roles; calling it off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.circles import consent, notices
from communities.circles.actions.ground import CircleError, NotAMember, NotNow, happened, take_to_lead
from communities.circles.models import Circle, Part, Round, Template, TemplateVersion
from communities.circles.permissions import can_open
from communities.talk.actions import ground as talk
from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User


class NoTitle(CircleError):
    words = _("Give the circle a title: what is it about?")


class NotOffered(CircleError):
    words = _("This method is no longer offered. Choose another one.")


class InThePast(CircleError):
    words = _("Choose a time that is still to come, or start at once.")


class NothingNameless(CircleError):
    words = _("Only rounds in which everyone writes before anything is shown can be without names.")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the one who opens a circle says of it.

    Args:
        template: short name of the method.
        nameless: numbers of blind rounds in which no author is stored.
        roles: account number to role, beyond one's own.
    """

    template: str
    title: str
    topic: str = ""
    reach: str = Circle.Reach.MEMBERS
    starts_at: datetime | None = None
    nameless: frozenset[int] = frozenset()
    roles: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def open_circle(*, actor: User, channel: int, plan: Plan) -> Circle:
    """Opens a circle in its lobby, with its rounds as the method stands now. Who opens it leads it and agrees by opening it.

    Raises:
        Channel.DoesNotExist, PermissionDenied
        NoTitle, NotOffered, InThePast, NothingNameless, NotAMember
    """
    place = talk.take(actor=actor, channel=channel)
    if not can_open(actor, place):
        raise PermissionDenied
    template = Template.objects.offered().filter(slug=plan.template).first()
    if template is None or template.current is None:
        raise NotOffered
    now = timezone.now()
    _check(plan, template.current, now)
    circle = Circle.objects.create(
        channel=place, version=template.current, title=plan.title.strip()[:160], topic=plan.topic.strip()[:600], reach=plan.reach,
        consent_version=consent.CURRENT, starts_at=plan.starts_at, created_at=now, created_by=actor,
    )  # fmt: skip
    lay_out(circle=circle, rounds=circle.version.rounds, nameless=plan.nameless)
    Part.objects.create(circle=circle, user=actor, role=Part.Role.FACILITATOR, consented_at=now, consent_version=consent.CURRENT)
    for user, role in plan.roles.items():
        _give(circle, actor, user, role)
    happened(circle=circle, what="opened", at=now)
    whom = notices.members_to_tell(place)
    tell(kind=notices.PLANNED, recipients=whom, actor=actor, thing=circle, key=str(circle.pk), data=when(circle))
    return circle


@transaction.atomic
def give_role(*, actor: User, circle: int, user: int, role: str) -> Part:
    """Gives a member a role. They agree when they join; a role alone makes nobody a part of it.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow, NotAMember
    """
    current = take_to_lead(actor=actor, circle=circle)
    if current.is_over:
        raise NotNow
    part = _give(current, actor, user, role)
    happened(circle=current, what="people", at=timezone.now())
    return part


@transaction.atomic
def cancel(*, actor: User, circle: int, why: str = "") -> Circle:
    """Calls off a circle that has not begun; one that runs is closed, because something was said in it.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow
    """
    current = take_to_lead(actor=actor, circle=circle)
    now = timezone.now()
    changed = Circle.objects.filter(pk=current.pk, state=Circle.State.LOBBY).update(
        state=Circle.State.CANCELLED, closed_at=now, closed_by=actor, why_cancelled=why.strip()[:300]
    )
    if not changed:
        raise NotNow
    current.refresh_from_db(fields=["state", "closed_at", "closed_by", "why_cancelled"])
    happened(circle=current, what="cancelled", at=now)
    for kind in (notices.PLANNED, notices.INVITED):
        settle(kind=kind, thing=current)
    return current


def _check(plan: Plan, version: TemplateVersion, now: datetime) -> None:
    if not plan.title.strip():
        raise NoTitle
    if plan.starts_at is not None and plan.starts_at <= now:
        raise InThePast
    blind = {number for number, one in enumerate(version.rounds, 1) if one["mode"] == "blind"}
    if plan.nameless - blind:
        raise NothingNameless


def lay_out(*, circle: Circle, rounds: Sequence[dict[str, Any]], nameless: Collection[int] = ()) -> None:
    """Its rounds, as rows of their own: the method may change tomorrow. In the caller's transaction."""
    keys = ("mode", "minutes", "days", "votes", "captures", "note", "rescue_th", "rescue_en")
    Round.objects.bulk_create(
        Round(
            circle=circle, number=number, anonymous=one["anonymous"] or number in nameless, note_en=one.get("note_en", ""),
            prompt_th=one["prompt_th"].replace("{title}", circle.title)[:600],
            prompt_en=one["prompt_en"].replace("{title}", circle.title)[:600], **{key: one[key] for key in keys},
        )
        for number, one in enumerate(rounds, 1)
    )  # fmt: skip


def _give(circle: Circle, actor: User, user: int, role: str) -> Part:
    member = User.objects.filter(pk=user, is_active=True, memberships__community=circle.channel.community_id).first()
    if member is None or role not in Part.Role.values:
        raise NotAMember
    part, _made = Part.objects.update_or_create(circle=circle, user=member, defaults={"role": role})
    tell(kind=notices.INVITED, recipients=[member], actor=actor, thing=circle, key=f"{circle.pk} {role}", data={"role": role})
    return part


def when(circle: Circle) -> dict[str, str]:
    """What a notice says of its beginning."""
    return {"starts": circle.starts_at.isoformat() if circle.starts_at else ""}
