"""An interview with somebody who retires, answered from a link and approved."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from communities.interviews.actions import answering, arranging, handing, links
from communities.interviews.actions.ground import digest_of, worker
from communities.interviews.models import Interview
from communities.models import Community
from kmportal.demo.content import read
from kmportal.people.models import User


def ask_who_retires(*, say: Callable[[str], None] = lambda words: None) -> None:
    """In the open community, through the verbs and without a mail; what is there stays."""
    words = read("interviews")
    community = Community.objects.filter(slug=words["community"]).first()
    if community is None or Interview.objects.filter(community=community).exists():
        return
    say("interviews")
    asker = User.objects.filter(memberships__community=community, memberships__role="note_taker").order_by("pk").first()
    if asker is not None:
        with transaction.atomic(), translation.override("th"):
            _ask(asker, community, words)


def _ask(asker: User, community: Community, words: dict[str, Any]) -> None:
    plan = arranging.Plan(title=words["title"], purpose=words["purpose"], name=words["name"], email=words["email"])
    made = arranging.arrange(actor=asker, community=community, plan=plan)
    asked = [arranging.Asked(one["th"], one["en"], one["field"]) for one in words["questions"]]
    arranging.write_questions(actor=worker(user=asker, interview=made.pk), questions=asked)
    now = timezone.now()
    _found, expert = links.by_link(secret=links.new_link(interview=made, at=now), now=now)
    for number, one in enumerate(words["questions"], 1):
        answering.save_answer(actor=expert, number=number, answer=one["answer"], revision=0)
    handing.approve(actor=expert, read=digest_of(made))
