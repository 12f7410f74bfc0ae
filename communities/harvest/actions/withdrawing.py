"""Taking back what one has said, until a lesson with it is published."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from communities.harvest.actions.words import TooLate
from communities.harvest.models import Statement, TalkDraft, Word
from kmportal.people.models import User


@transaction.atomic
def withdraw(*, actor: User, statement: Statement) -> Statement:
    """The lesson cannot be handed in or published as long as these words stand in it. Again changes nothing.

    Raises:
        Statement.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: somebody else's telling.
        TooLate: the lesson is published.
    """
    mine = Statement.objects.filter(teller=actor).select_related("draft__lesson")
    if not mine.filter(pk=statement.pk).exists():
        if Statement.objects.visible_to(actor).filter(pk=statement.pk).exists():
            raise PermissionDenied
        raise Statement.DoesNotExist
    TalkDraft.objects.select_for_update(no_key=True).get(pk=statement.draft_id)
    found = mine.get(pk=statement.pk)
    if found.draft.lesson.live:
        raise TooLate
    if found.withdrawn_at is None:
        found.withdrawn_at = timezone.now()
        found.save(update_fields=["withdrawn_at"])
        Word.objects.filter(draft=found.draft_id, teller=actor, state=Word.State.GIVEN).update(
            state=Word.State.ASKED, answered_at=None, digest=""
        )
    return found
