"""Thanks, badges and a bounty to look at: what the demonstration's questions and lessons have earned."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from qa.actions import bounty
from qa.models import Answer, Bounty, Question
from qa.presenting import bounties
from rewards import thankable
from rewards.actions.badging import check_everybody
from rewards.actions.thanking import thank
from rewards.models import Account, Kind, Thanks

WORDS = ("ขอบคุณ นำไปใช้ได้ทันที", "", "ช่วยให้ทีมเข้าใจตรงกัน")
LEAST = 50


@transaction.atomic
def show_merits(*, say: Callable[[str], None]) -> None:
    """Askers thank those who helped, the richest offers points where nobody has helped yet. Once."""
    if Thanks.objects.exists():
        return
    kind = thankable.kind_of("answer")
    chosen = (
        Answer.objects.present().filter(accepted_for__isnull=False, question__anonymous=False).select_related("question__author")
    )
    for at, answer in enumerate(chosen.exclude(author=None).exclude(question__author=None).order_by("pk")):
        asker = answer.question.author
        if kind is not None and asker is not None and asker != answer.author:
            thank(actor=asker, kind=kind, key=answer.pk, words=WORDS[at % len(WORDS)])
    if _offer():
        say("a bounty")
    check_everybody(at=timezone.now())


def _offer() -> bool:
    rich = Account.objects.filter(kind=Kind.AVAILABLE, balance__gte=LEAST, owner__is_active=True).order_by("-balance", "pk")
    for account in rich.select_related("owner"):
        owner = account.owner
        if owner is None or not bounties.means(owner).is_enough:
            continue
        asked = Question.objects.visible_to(owner).open().filter(accepted=None, anonymous=False, bounties=None)
        question = asked.filter(created_at__lt=timezone.now() - bounty.WAITS).order_by("answer_count", "pk").first()
        if question is not None:
            bounty.offer(actor=owner, question=question, points=LEAST)
            return True
    return Bounty.objects.exists()
