"""A circle that was held, with its record, and one that is planned."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone, translation

from communities.circles.actions import joining, moving, opening, turns, voting
from communities.circles.actions.methods import load_templates
from communities.circles.models import Circle, Turn
from communities.models import Community
from communities.talk.actions.channels import Named, open_channel
from communities.talk.actions.saying import Words, say
from communities.talk.models import Channel
from kmportal.core import clean
from kmportal.demo.actions.people import account
from kmportal.demo.content import read
from kmportal.people.models import User


def hold_circles(*, say: Callable[[str], None] = lambda words: None) -> None:
    """Both in the open community, through the verbs; what is there stays."""
    words = read("circles")
    community = Community.objects.filter(slug=words["community"]).first()
    if community is None or Circle.objects.filter(channel__community=community).exists():
        return
    say("circles")
    load_templates()
    guide = User.objects.filter(memberships__community=community, memberships__role="facilitator").order_by("pk")[0]
    with transaction.atomic(), translation.override("th"):
        channel = open_channel(actor=guide, community=community, named=Named(**words["channel"]))
        _hold(guide, channel, words["closed"])
        _plan(guide, channel, words["planned"])


def _hold(guide: User, channel: Channel, words: dict[str, Any]) -> None:
    plan = opening.Plan(template=words["template"], title=words["title"], topic=words["topic"], reach=words["reach"])
    circle = opening.open_circle(actor=guide, channel=channel.pk, plan=plan)
    for email in words["joins"]:
        joining.join(actor=account(email), circle=circle.pk, agreed=circle.consent_version, reach=circle.reach)
    circle = moving.start(actor=guide, circle=circle.pk)
    while circle.state == Circle.State.RUNNING:
        _talk(guide, circle, channel, words)
        circle = moving.advance(actor=guide, circle=circle.pk, seen=circle.round_number)
    for email, text in words["said"]["wrap_up"]:
        _say(account(email), channel, text)
    moving.close(actor=guide, circle=circle.pk)


def _talk(guide: User, circle: Circle, channel: Channel, words: dict[str, Any]) -> None:
    now_round = circle.rounds.get(number=circle.round_number)
    for email, text in words["said"].get(str(now_round.number), []):
        speaker = account(email)
        if now_round.mode == "turn":
            turns.raise_hand(actor=speaker, circle=circle.pk, seen=now_round.number)
            waits = Turn.objects.get(round=now_round, part__user=speaker, done_at=None)
            turns.call(actor=guide, circle=circle.pk, seen=now_round.number, turn=waits.pk)
        _say(speaker, channel, text)
    if now_round.mode == "vote":
        _choose(guide, circle, words)


def _choose(guide: User, circle: Circle, words: dict[str, Any]) -> None:
    offered = [voting.offer(actor=guide, circle=circle.pk, seen=circle.round_number, words=text)[0] for text in words["choices"]]
    for email, chosen in words["votes"].items():
        for index in chosen:
            voting.cast(actor=account(email), circle=circle.pk, choice=offered[index].pk)


def _say(speaker: User, channel: Channel, text: str) -> None:
    say(actor=speaker, channel=channel.pk, words=Words(client_id=uuid4(), body=str(clean.plain(text))))


def _plan(guide: User, channel: Channel, words: dict[str, Any]) -> None:
    day = timezone.localtime() + timedelta(days=words["days_ahead"])
    plan = opening.Plan(
        template=words["template"], title=words["title"], reach=words["reach"],
        starts_at=day.replace(hour=13, minute=30, second=0, microsecond=0), roles={account(words["teller"]).pk: "teller"},
    )  # fmt: skip
    opening.open_circle(actor=guide, channel=channel.pk, plan=plan)
