"""Words that mean the same to a searcher. The engine reads the groups anew when one of them changes."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kmportal.people.models import User
from kmportal.retrieval.models import SynonymGroup
from kmportal.search.actions.log import key_of
from kmportal.search.permissions import can_keep_synonyms

FEWEST, MOST, LONGEST_WORD = 2, 12, 60


class MayNotKeepSynonyms(PermissionDenied):
    """Only those who look after the network say which words mean the same."""


class AlsoElsewhere(ValidationError):
    """A word stands in another group already; the person may say that this is meant."""


class ChangedMeanwhile(ValidationError):
    """Somebody else saved the group after this person opened it."""


@transaction.atomic
def save_synonyms(
    *,
    actor: User,
    words: list[str],
    note: str,
    is_active: bool,
    confirmed: bool,
    group: SynonymGroup | None = None,
    seen: datetime | None = None,
) -> SynonymGroup:
    """Makes a group or changes one.

    Args:
        confirmed: whether it is meant that a word stands in another group as well.
        seen: when the group was changed last, as far as the person knew; without it nothing is compared.

    Raises:
        MayNotKeepSynonyms: not for this person.
        ChangedMeanwhile: somebody else changed the group or deleted it.
        AlsoElsewhere: a word stands in another group and that was not confirmed.
        ValidationError: fewer than two different words, more than twelve, or one longer than sixty signs.
    """
    if not can_keep_synonyms(actor):
        raise MayNotKeepSynonyms
    kept = _checked(words)
    if group is not None:
        group = _unchanged(group, seen)
    if not confirmed and (double := _elsewhere(kept, group)):
        names = {"words": ", ".join(double)}
        raise AlsoElsewhere(_("Another group has this already: %(words)s. Tick the box below if both are meant.") % names)
    group = group or SynonymGroup()
    group.words, group.note, group.is_active = "\n".join(kept), note[:200], is_active
    group.save()
    return group


def _unchanged(group: SynonymGroup, seen: datetime | None) -> SynonymGroup:
    """The group as it is stored, held until the end of the transaction."""
    stored = SynonymGroup.objects.select_for_update().filter(pk=group.pk).first()
    if stored is None:
        raise ChangedMeanwhile(_("Somebody else deleted this group meanwhile."))
    if seen is not None and stored.changed_at != seen:
        names = {"words": ", ".join(stored.words.split("\n"))}
        raise ChangedMeanwhile(_("Somebody else changed this group meanwhile; it holds now: %(words)s. Open it again.") % names)
    return stored


@transaction.atomic
def remove_synonyms(*, actor: User, group: SynonymGroup) -> None:
    """Deletes a group that was added here. One that came with the portal would come back, so it is switched off instead.

    Raises:
        MayNotKeepSynonyms: not for this person.
        ValidationError: it came with the portal.
    """
    if not can_keep_synonyms(actor):
        raise MayNotKeepSynonyms
    if group.key:
        raise ValidationError(_("This group came with the portal. Take the tick from “in use” instead of deleting it."))
    group.delete()


def _checked(words: list[str]) -> list[str]:
    cleaned = [" ".join(word.replace("\x00", "").split()) for word in words]
    by_key = {key_of(word): word for word in reversed(cleaned) if key_of(word)}
    kept = [word for word in dict.fromkeys(cleaned) if by_key.get(key_of(word)) == word]
    if len(kept) < FEWEST:
        raise ValidationError(_("Write at least two different words, one to a line."))
    if len(kept) > MOST:
        raise ValidationError(_("At most %(most)d lines. Split the group in two.") % {"most": MOST})
    if long := [word for word in kept if len(word) > LONGEST_WORD]:
        raise ValidationError(_("Too long, at most %(most)d letters: %(word)s") % {"most": LONGEST_WORD, "word": long[0][:80]})
    return kept


def _elsewhere(words: list[str], group: SynonymGroup | None) -> list[str]:
    others = SynonymGroup.objects.filter(is_active=True).exclude(pk__in=[group.pk] if group else [])
    taken = {key_of(line) for other in others for line in other.words.split("\n")}
    return [word for word in words if key_of(word) in taken]
