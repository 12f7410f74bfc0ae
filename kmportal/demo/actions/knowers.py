"""Who knows what: lines of experts, one who offers consultations with the superior's word, one consultation, one hand-over kit."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from communities.experts.actions import agreeing, answering, duties, offering, outcomes, requesting, skills
from communities.experts.models import Consultation, Duty, Leaving, Offer, Skill
from kmportal.demo.actions.people import account
from kmportal.demo.content import read


def show_knowers(*, say: Callable[[str], None]) -> None:
    """Each part whole or not at all."""
    entry = read("knowers")
    doctor = account(entry["offer"]["by"])
    if not Skill.objects.filter(owner=doctor).exists():
        say("who knows what")
    for one in entry["skills"]:
        if not Skill.objects.filter(owner=account(one["by"]), text=one["text"]).exists():
            skills.add_skill(actor=account(one["by"]), **{name: one[name] for name in ("text", "level", "since")})
    if not Leaving.objects.filter(owner=account(entry["leaving"]["by"])).exists():
        day = timezone.localdate() + timedelta(days=entry["leaving"]["in_days"])
        skills.declare_leaving(actor=account(entry["leaving"]["by"]), on=day)
    if not Offer.objects.filter(doctor=doctor).exists():
        _consult(entry)
    for one in entry["duties"]:
        if not Duty.objects.filter(owner=account(one["by"]), name=one["name"]).exists():
            _hand_over(one)


@transaction.atomic
def _consult(entry: dict[str, Any]) -> None:
    """The offer, the superior's word, a consultation that took place today, what came of it."""
    told, asked = entry["offer"], entry["consultation"]
    doctor, asker, today = account(told["by"]), account(asked["by"]), timezone.localdate()
    words = {name: told[name] for name in ("hours", "per", "times", "way", "circle")}
    terms = offering.Terms(**words, superior_email=told["superior"])
    offer = offering.offer_consultations(actor=doctor, helps_with=told["helps_with"], terms=terms)
    until = today + timedelta(days=told["agreed_for_days"])
    agreeing.agree(offer=offer, read=offer.terms, until=until, says=told["says"])
    if Consultation.objects.filter(asker=asker, doctor=doctor).exists():
        return
    wish = requesting.Wish(**{name: asked[name] for name in ("subject", "need", "tried", "hours", "time")}, day=today)
    made = requesting.request(actor=asker, doctor=doctor, wish=wish)
    answering.accept(actor=doctor, consultation=made)
    answering.finish(actor=asker, consultation=made)
    outcome = outcomes.write(actor=asker, consultation=made, words=outcomes.Words(**asked["outcome"]))
    outcomes.confirm(actor=doctor, outcome=outcome, read=outcome.words_digest)


@transaction.atomic
def _hand_over(one: dict[str, Any]) -> None:
    deputy = account(one["deputy"]) if "deputy" in one else None
    parts = {name: one.get(name, "") for name in ("steps", "contacts", "calendar", "pitfalls", "documents")}
    made = duties.save_duty(actor=account(one["by"]), name=one["name"], parts=parts, deputy=deputy)
    if deputy is not None:
        duties.answer_deputy(actor=deputy, duty=made, stands=True)
