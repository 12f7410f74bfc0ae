"""What a text brings along when it is written: its pictures become the post's, and people it names are told."""

from datetime import datetime

from kmportal.core import clean
from kmportal.inbox.actions import tell
from kmportal.people.models import Person, User
from kmportal.pictures.actions import attach
from qa.actions.ground import pointer
from qa.mentionable import Readers, reading
from qa.models import Draft, Mention
from qa.models.posts import Post
from qa.people_notices import MENTIONED
from qa.permissions import question_of

MOST_NAMED = 10


def settle(*, actor: User, post: Post, at: datetime) -> None:
    """In the caller's transaction, after the post is saved and before its version is written down."""
    take_pictures(actor=actor, thing=post)
    tell_named(actor=actor, post=post, at=at)


def take_pictures(*, actor: User, thing: Post | Draft) -> None:
    """Pictures that the actor put in belong to the thing from now on; those that they may not see leave the text."""
    body = attach(actor=actor, thing=thing, html=thing.body)
    if body != thing.body:
        thing.body = body
        thing.save(update_fields=["body"])


def tell_named(*, actor: User, post: Post, at: datetime) -> None:
    """Tells whom the text names by "@", once for each post: those who may read it, and whom the actor sees in the directory."""
    handles = clean.named_in(post.body)[:MOST_NAMED]
    # All that a post has named count, or each change of it could name ten more.
    named = set(Mention.objects.filter(**pointer(post)).values_list("person", flat=True)) if handles else set()
    if not handles or len(named) >= MOST_NAMED:
        return
    circle = reading(Readers.of(question_of(post))).exclude(pk=actor.pk)
    people = Person.objects.visible_to(actor).filter(handle__in=handles, user__in=circle).exclude(user__in=named)
    for person in people.select_related("user").order_by("pk")[: MOST_NAMED - len(named)]:
        mention, is_new = Mention.objects.get_or_create(person=person.user, **pointer(post), defaults={"created_at": at})
        if is_new and person.user is not None:
            tell(
                kind=MENTIONED,
                recipients=[person.user],
                actor=actor,
                anonymous=post.anonymous,
                thing=mention,
                key=str(mention.pk),
            )
