"""What templates show of who knows what. Each tag fetches what one template shows; none asks once per row."""

from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone

from communities.circles.models import Template
from communities.experts import finder
from communities.experts.models import Absence, Consultation, Duty, Offer, Skill
from communities.models import Membership
from kmportal.core import dates
from kmportal.people import evidence
from kmportal.people.evidence import About
from kmportal.people.models import Person

register = template.Library()


@register.inclusion_tag("experts/_of_person.html", takes_context=True)
def knows(context: Context, person: Person) -> dict[str, Any]:
    """`{% knows person %}`: on the page of a person, what shows that they know, what they say, whether they can be consulted."""
    viewer = context["request"].user
    said = evidence.of_people([person.pk], viewer, About()).get(person.pk, [])
    shown: dict[str, Any] = {"person": person, "evidence": said, "request": context["request"]}
    if person.user_id is None:
        return shown
    shown["skills"] = list(Skill.objects.visible_to(viewer).filter(owner=person.user_id))
    shown["leaves_on"] = finder.leaving_soon(viewer, [person.user_id]).get(person.user_id)
    shown["offer"] = Offer.objects.open_to(viewer, timezone.localdate()).filter(doctor=person.user_id).first()
    return shown | _away(viewer, person.user_id)


def _away(viewer: Any, account: int) -> dict[str, Any]:
    absence = Absence.objects.visible_to(viewer).on(timezone.localdate()).filter(owner=account).order_by("-ends").first()
    if absence is None:
        return {}
    # Names of duties and deputies alone: what is in the kit stays with them.
    return {"absence": absence, "standing": list(Duty.objects.covered_in(absence).select_related("deputy__person"))}


@register.inclusion_tag("experts/_mine.html", takes_context=True)
def my_knowledge(context: Context) -> dict[str, Any]:
    """`{% my_knowledge %}`: part of one's own profile: lines, offer, duties without a deputy."""
    user = context["request"].user
    mine = Duty.objects.visible_to(user).filter(owner=user)
    return {
        "skills": list(Skill.objects.visible_to(user).filter(owner=user)[:5]),
        "offer": Offer.objects.visible_to(user).filter(doctor=user).exclude(state=Offer.State.ENDED).first(),
        "gaps": mine.without_deputy().count(),
        "request": context["request"],
    }


@register.simple_tag(takes_context=True)
def circle_starts(context: Context, method: str) -> list[tuple[str, str]]:
    """`{% circle_starts "peer-assist" as places %}`: (community, address) where the reader may start a circle of that method: where they
    facilitate, as long as the method is offered and the community is open. The address takes `?title=`. Two queries.
    """
    user = context["request"].user
    if not user.is_authenticated or not Template.objects.offered().filter(slug=method).exists():
        return []
    leads = user.memberships.filter(role=Membership.Role.FACILITATOR, community__archived_at=None).select_related("community")
    return [(str(one.community), reverse("circles:start", args=[one.community.slug, method])) for one in leads.order_by("pk")[:5]]


@register.filter
def era_year(year: int | None) -> str:
    """A C.E. year as its reader writes it."""
    return str(dates.year_number(year)) if year else ""


@register.filter
def on_day(text: str | None) -> date | None:
    """A day out of the JSON of a notice; None for what is none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@register.filter
def is_for(it: Consultation, user: Any) -> bool:
    """Whether it is this person who is asked."""
    return it.doctor_id == user.pk
