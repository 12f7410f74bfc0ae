"""People: one's own profile and picture, people without an account, and joining doubles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from kmportal.people import permissions
from kmportal.people.actions.accounts import complete_signup
from kmportal.people.actions.agencies import CannotMerge
from kmportal.people.actions.merging import move_everything
from kmportal.people.models import Agency, Person, User
from kmportal.people.names import person_key
from kmportal.people.pictures import read_face, small_name
from kmportal.retrieval import actions as search
from kmportal.taxonomy.models import Topic


class PersonInUse(ValidationError):
    """Knowledge is credited to this person."""


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """What a person's page shows."""

    given_name: str
    family_name: str = ""
    prefix: str = ""
    position: str = ""
    about: str = ""
    topics: Iterable[Topic] = field(default=())
    is_listed: bool = True
    is_public: bool = False


@transaction.atomic
def update_profile(*, actor: User, details: PersonDetails) -> Person:
    """Changes the actor's own page and the name on their account. There is no way to name somebody else's."""
    person, _made = Person.objects.get_or_create(
        user=actor, defaults={"given_name": details.given_name, "family_name": details.family_name, "agency": actor.agency}
    )
    _write(person, details)
    actor.first_name, actor.last_name = person.given_name, person.family_name
    actor.save(update_fields=["first_name", "last_name"])
    return person


@transaction.atomic
def save_person(*, actor: User, person: Person | None = None, details: PersonDetails, agency: Agency | None = None) -> Person:
    """Makes a person without an account (a speaker, a teller), or changes one.

    Raises:
        PermissionDenied: the actor may not curate people, or the person has an account and so keeps their own page.
    """
    allowed = permissions.can_edit_person(actor, person) if person else permissions.can_curate_people(actor)
    if not allowed:
        raise PermissionDenied
    saved = person or Person()
    if saved.user_id is None:
        saved.agency = agency
    _write(saved, details)
    log(instance=saved, action="wagtail.edit" if person else "wagtail.create", user=actor)
    return saved


def _write(person: Person, details: PersonDetails) -> None:
    person.given_name, person.family_name = details.given_name.strip(), details.family_name.strip()
    person.prefix, person.position, person.about = details.prefix.strip(), details.position.strip(), details.about.strip()
    person.key = person_key(person.given_name, person.family_name)
    # Shown to everybody but not to members would be a riddle: hiding from members hides from all.
    person.is_listed, person.is_public = details.is_listed, details.is_public and details.is_listed
    person.key = person_key(person.given_name, person.family_name)
    person.save()
    person.topics.set(details.topics)
    search.index([person])


@transaction.atomic
def set_picture(*, actor: User, person: Person, upload: IO[bytes], size: int) -> None:
    """Stores a new face, drawn anew from the upload; the old files go after the commit.

    Raises:
        PermissionDenied: not the actor's own page, nor one that they curate.
        BadPicture: the file is no picture that we take.
    """
    if not permissions.can_edit_person(actor, person):
        raise PermissionDenied
    face = read_face(upload, size)
    old = person.picture.name
    storage = person.picture.storage
    name = storage.save(f"faces/{get_random_string(20)}.webp", ContentFile(face.large))
    storage.save(small_name(name), ContentFile(face.small))
    person.picture.name = name
    person.save(update_fields=["picture"])
    _delete_after_commit(person, old)


@transaction.atomic
def set_own_picture(*, actor: User, upload: "UploadedFile[bytes]") -> None:
    """The same for the actor's own page, which is made if it is not there yet.

    Raises:
        BadPicture: the file is no picture that we take.
    """
    set_picture(actor=actor, person=complete_signup(account=actor), upload=upload, size=upload.size or 0)


@transaction.atomic
def remove_picture(*, actor: User, person: Person) -> None:
    """Back to the woven face.

    Raises:
        PermissionDenied: not the actor's own page, nor one that they curate.
    """
    if not permissions.can_edit_person(actor, person):
        raise PermissionDenied
    old = person.picture.name
    person.picture.name = ""
    person.save(update_fields=["picture"])
    _delete_after_commit(person, old)


def _delete_after_commit(person: Person, name: str | None) -> None:
    """Files cannot be rolled back, so they wait for the commit."""
    if name:
        storage = person.picture.storage
        for gone in (name, small_name(name)):
            transaction.on_commit(partial(storage.delete, gone))


@transaction.atomic
def remove_person(*, actor: User, person: Person) -> None:
    """Takes away a person to whom nothing is credited.

    Raises:
        PermissionDenied: the actor may not curate people, or the person has an account.
        PersonInUse: knowledge is credited to them.
    """
    if not permissions.can_curate_people(actor) or person.user_id is not None:
        raise PermissionDenied
    if any(getattr(person, relation.get_accessor_name()).exists() for relation in _credits(person)):
        raise PersonInUse(_("Knowledge is credited to this person. Merge them with another one instead."))
    log(instance=person, action="wagtail.delete", user=actor, deleted=True)
    name = person.picture.name
    try:
        person.delete()
    except ProtectedError as error:
        raise PersonInUse(_("Knowledge is credited to this person. Merge them with another one instead.")) from error
    _delete_after_commit(person, name)


def _credits(person: Person) -> list[Any]:
    return [relation for relation in person._meta.related_objects if relation.one_to_many or relation.many_to_many]


@transaction.atomic
def merge_people(*, actor: User, keep: Person, gone: Person) -> Person:
    """Makes two people one: talks, credits and topics of `gone` become those of `keep`. The page of whoever has an account stays.

    Raises:
        PermissionDenied: the actor may not curate people.
        CannotMerge: they are the same, or both sign in with accounts of their own.
    """
    if not permissions.can_curate_people(actor):
        raise PermissionDenied
    if keep.pk == gone.pk:
        raise CannotMerge(_("Choose two different people."))
    if keep.user_id and gone.user_id:
        raise CannotMerge(_("Both have accounts of their own, so they cannot be one person."))
    if gone.user_id:
        keep, gone = gone, keep
    moved = move_everything(gone=gone, keep=keep)
    # Who is credited with published knowledge was public before, and the credit must not vanish from the public page.
    keep.is_public = keep.is_public or gone.is_public or gone.user_id is None
    for name in ("prefix", "position", "about", "family_name"):
        setattr(keep, name, getattr(keep, name) or getattr(gone, name))
    keep.agency = keep.agency or gone.agency
    keep.key = person_key(keep.given_name, keep.family_name)
    _inherit_picture(keep, gone)
    keep.save()
    log(
        instance=keep,
        action="people.merge",
        user=actor,
        data={"gone": gone.formal_name, "handle": gone.handle, "position": gone.position, "moved": moved},
    )
    gone.delete()
    search.index([keep])
    search.renamed(Person, [keep.pk])
    return keep


def _inherit_picture(keep: Person, gone: Person) -> None:
    if not gone.picture:
        return
    if keep.picture:
        _delete_after_commit(gone, gone.picture.name)
    else:
        keep.picture.name = gone.picture.name
