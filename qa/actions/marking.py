"""What readers say with one click: useful, works for me. There is no vote against."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kmportal.inbox.actions import take_back as untell
from kmportal.inbox.actions import tell
from kmportal.people.models import User
from qa.actions.earning import pay_useful, take_useful
from qa.actions.ground import pointer, take
from qa.models import Answer, Question, Useful, WorksForMe
from qa.notices import USEFUL
from qa.permissions import can_mark_useful, can_say_it_works


@transaction.atomic
def mark_useful(*, actor: User, post: Question | Answer) -> bool:
    """Says that a question or an answer is useful. Again changes nothing. Answers whether something changed.

    Raises:
        DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: one's own.
    """
    post = take(actor=actor, post=post)
    if not can_mark_useful(actor, post):
        raise PermissionDenied
    now = timezone.now()
    mark, is_new = Useful.objects.get_or_create(person=actor, **pointer(post), defaults={"created_at": now})
    if not is_new:
        return False
    type(post).objects.filter(pk=post.pk).update(useful_count=F("useful_count") + 1)
    pay_useful(mark=mark, at=now)
    if post.author is not None:
        # Who it was is told to nobody: a vote is thanks, no visiting card.
        tell(
            kind=USEFUL, recipients=[post.author], actor=actor, anonymous=True, thing=mark, key=_key(post, actor),
            group=f"{post._meta.model_name} {post.pk}",
        )  # fmt: skip
    return True


@transaction.atomic
def take_back_useful(*, actor: User, post: Question | Answer) -> bool:
    """Takes the mark back, with the points it brought and the notice if nobody has read it. Again changes nothing.

    Raises:
        DoesNotExist: gone, or not the actor's to read.
    """
    post = take(actor=actor, post=post)
    gone, _by_model = Useful.objects.filter(person=actor, **pointer(post)).delete()
    if not gone:
        return False
    type(post).objects.filter(pk=post.pk, useful_count__gt=0).update(useful_count=F("useful_count") - 1)
    take_useful(post=post, voter=actor, actor=actor, at=timezone.now())
    untell(kind=USEFUL, key=_key(post, actor))
    return True


@transaction.atomic
def works_for_me(*, actor: User, answer: Answer) -> bool:
    """Says that one did what the answer says, and it worked. Again changes nothing. Answers whether something changed.

    Raises:
        Answer.DoesNotExist
        PermissionDenied: one's own.
    """
    answer = take(actor=actor, post=answer)
    if not can_say_it_works(actor, answer):
        raise PermissionDenied
    _mark, is_new = WorksForMe.objects.get_or_create(person=actor, answer=answer, defaults={"created_at": timezone.now()})
    if is_new:
        Answer.objects.filter(pk=answer.pk).update(works_count=F("works_count") + 1)
    return is_new


@transaction.atomic
def take_back_works_for_me(*, actor: User, answer: Answer) -> bool:
    """Again changes nothing. Answers whether something changed.

    Raises:
        Answer.DoesNotExist
    """
    answer = take(actor=actor, post=answer)
    gone, _by_model = WorksForMe.objects.filter(person=actor, answer=answer).delete()
    if gone:
        Answer.objects.filter(pk=answer.pk, works_count__gt=0).update(works_count=F("works_count") - 1)
    return bool(gone)


def _key(post: Question | Answer, actor: User) -> str:
    return f"{post._meta.model_name} {post.pk} by {actor.pk}"
