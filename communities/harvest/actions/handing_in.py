"""Handing a lesson out of talk to the reviewers of the library, with the circle it may be read in."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.harvest.actions.ground import HarvestError, newest, take
from communities.harvest.models import TalkDraft
from kmportal.library.actions import review
from kmportal.library.models import KnowledgePage
from kmportal.people.models import User
from kmportal.people.roles import Role


class NobodyToReview(HarvestError):
    words = _(
        "No coordinator may read this community, so nobody could review the lesson. Invite one, or open it to more readers."
    )


@transaction.atomic
def hand_in(*, actor: User, draft: TalkDraft) -> None:
    """Gives the draft to the reviewers, in the circle that its tellers have agreed to. Whoever hands in becomes its owner.

    Raises:
        TalkDraft.DoesNotExist, PermissionDenied, NobodyToReview
        ReviewError: a teller's word is missing, withdrawn words stand in it, or it is in review already.
    """
    found = take(actor=actor, draft=draft)
    lesson = newest(found.lesson)
    if lesson.visibility != found.reach:
        lesson.visibility = found.reach
        lesson.save_revision(user=actor)
    KnowledgePage.objects.filter(pk=lesson.pk).update(owner=actor, visibility=found.reach)
    review.start_review(actor=actor, page=lesson)
    reviewers = User.objects.filter(groups__name=Role.NETWORK_COORDINATOR.value, is_active=True).exclude(pk=actor.pk)
    if not any(KnowledgePage.objects.workable_by(one).filter(pk=lesson.pk).exists() for one in reviewers.order_by("pk")):
        raise NobodyToReview
