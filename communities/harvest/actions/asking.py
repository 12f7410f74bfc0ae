"""Asking the tellers for their word, by mail."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from communities.harvest import letters
from communities.harvest.actions.ground import HarvestError, take
from communities.harvest.actions.words import key_of, new_link, record, tellers_of
from communities.harvest.models import TalkDraft, Word
from communities.harvest.telling import readings
from kmportal.people.models import User


class NobodyTold(HarvestError):
    words = _("No statement of this draft has a known speaker, so there is nobody to ask. Hand it in.")


@task()
def mail_words(keys: list[int]) -> None:
    """Mails those who were asked and have not answered; each gets a link of their own."""
    asked = Word.objects.filter(
        pk__in=keys,
        state=Word.State.ASKED,
        draft__dropped_at=None,
    )
    loaded = asked.exclude(teller__is_active=False).select_related(
        "draft__channel__community", "draft__lesson", "draft__by", "teller", "person"
    )
    for word in loaded:
        to = letters.address_of(word)
        if to is not None:
            letters.letter(word, to, new_link(word=word, at=timezone.now())).send()


@transaction.atomic
def ask_tellers(*, actor: User, draft: TalkDraft) -> list[Word]:
    """Asks all tellers whose word is missing for the text as it stands; gives those asked now. Their mails leave after commit.

    Whoever drafted it and told it gives their own word by asking the others.

    Raises:
        TalkDraft.DoesNotExist, PermissionDenied, NobodyTold
    """
    found, now = take(actor=actor, draft=draft), timezone.now()
    tellers = list(tellers_of(found))
    if not tellers:
        raise NobodyTold
    asked = []
    for teller, text in zip(tellers, readings(found, tellers), strict=True):
        word, _is_new = Word.objects.get_or_create(draft=found, **key_of(teller), defaults={"asked_at": now})
        if teller == actor:
            record(word=word, state=Word.State.GIVEN, digest=text.digests[0], says="", at=now)
        elif word.state != Word.State.GIVEN or word.digest not in text.digests:
            Word.objects.filter(pk=word.pk).update(state=Word.State.ASKED, asked_at=now, answered_at=None, digest="", says="")
            asked.append(word)
    keys = [word.pk for word in asked]
    transaction.on_commit(lambda: mail_words.enqueue(keys) and None)
    return asked
