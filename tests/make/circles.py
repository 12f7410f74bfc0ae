"""Circles for tests, opened and moved through the verbs.

circle = open_circle(facilitator, channel, "aar")
join(member, circle)
at_round(facilitator, circle, 2)
"""

from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from communities.circles.actions import joining, moving, opening
from communities.circles.actions.methods import load_templates
from communities.circles.models import Circle, Part, Round
from communities.models import Community, Membership
from communities.talk.actions.saying import Words
from communities.talk.actions.saying import say as talk_say
from communities.talk.models import Channel, Message
from kmportal.people.models import User


def channel_of(community: Community, name: str = "คุยกันทั่วไป") -> Channel:
    now = timezone.now()
    return Channel.objects.create(community=community, name=name, created_at=now, last_activity=now)


def member(community: Community, user: User, role: str = "practitioner") -> User:
    Membership.objects.update_or_create(community=community, user=user, defaults={"role": role})
    return user


def open_circle(actor: User, channel: Channel, template: str = "aar", **plan: Any) -> Circle:
    load_templates()
    plan = {"title": "ซ้อมแผนน้ำท่วม", **plan}
    return opening.open_circle(actor=actor, channel=channel.pk, plan=opening.Plan(template=template, **plan))


def join(actor: User, circle: Circle, listen: bool = False) -> Part:
    return joining.join(actor=actor, circle=circle.pk, agreed=circle.consent_version, reach=circle.reach, listen=listen)


def at_round(actor: User, circle: Circle, number: int) -> Round:
    """Moves the circle on until this round runs."""
    current = moving.start(actor=actor, circle=circle.pk)
    while current.round_number < number:
        current = moving.advance(actor=actor, circle=circle.pk, seen=current.round_number)
    return Round.objects.get(circle=circle, number=number)


def say(actor: User, channel: Channel, text: str = "ตอนนั้นเห็นน้ำนิ่ง", *, cid: UUID | None = None, **words: Any) -> Message:
    return talk_say(actor=actor, channel=channel.pk, words=Words(client_id=cid or uuid4(), body=f"<p>{text}</p>", **words))


def as_shown(shown: Any) -> dict[str, Any]:
    """What the page of a method or a plan would send if nobody changed a word. `shown`: the context of the page."""
    words: dict[str, Any] = {}
    for form in (shown["form"], shown["rounds"].management_form, *shown["rounds"]):
        for name, field in form.fields.items():
            value = form[name].value()
            lines = isinstance(value, list) and not hasattr(field, "choices")
            words[form.add_prefix(name)] = "\n".join(value) if lines else field.prepare_value(value)
    return {key: value for key, value in words.items() if value is not None and value is not False}
