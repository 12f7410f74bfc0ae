"""What the verbs of cases share: errors in words, who is asked to decide, who hears of it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kmportal.inbox.actions import settle, tell
from kmportal.moderation.models import LONGEST_REASON, Case
from kmportal.moderation.notices import APPEALED, OPENED
from kmportal.moderation.permissions import barred
from kmportal.people.models import User
from kmportal.people.roles import Role


class ModerationError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


class NoReason(ModerationError):
    words = _("Say why: both sides read it.")


class TooLong(ModerationError):
    words = _("This is too long. Put it into at most 1,000 characters.")


class DecidedMeanwhile(ModerationError):
    words = _("Somebody else has decided this case a moment ago. Your decision was not kept; theirs stands below.")


def said(words: str, *, needed: bool = True) -> str:
    """The words of a person.

    Raises:
        NoReason, TooLong
    """
    found = words.replace("\x00", "").replace("\r\n", "\n").strip()
    if needed and not found:
        raise NoReason
    if len(found) > LONGEST_REASON:
        raise TooLong
    return found


def ask_deciders(*, case: Case, kind: str, key: str, actor: User | None, data: dict[str, Any], anonymous: bool = False) -> None:
    """Tells whoever may decide the case. Where nobody who handles such cases may, site administrators are asked from now on."""
    out = barred(case)
    whom = [one for one in case.rules.handlers(case.subject) if one.pk not in out]
    if not whom:
        Case.objects.filter(pk=case.pk).update(escalated=True)
        case.escalated = True
        whom = [one for one in _admins() if one.pk not in out and Case.objects.handled_by(one).filter(pk=case.pk).exists()]
    tell(kind=kind, recipients=whom, actor=actor, anonymous=anonymous, thing=case, key=key, group=str(case.pk), data=data)


def _admins() -> list[User]:
    wanted = Q(groups__name=Role.SITE_ADMIN.value) | Q(is_superuser=True)
    return list(User.objects.filter(wanted, is_active=True).distinct())


def is_dealt_with(case: Case) -> None:
    """Nobody needs to look at the notices that asked for a decision any more."""
    for kind in (OPENED, APPEALED):
        settle(kind=kind, thing=case)


def tell_both(*, case: Case, kinds: tuple[str, str], actor: User, data: dict[str, Any]) -> None:
    """Those whom the case is about, and those who reported it; neither reads who the others are, or who decided."""
    about = list(case.about.all())
    keys = {one.pk for one in about}
    reporters = [one for one in User.objects.filter(pk__in=case.reports.values("person")) if one.pk not in keys]
    for kind, people in zip(kinds, (about, reporters), strict=True):
        tell(kind=kind, recipients=people, actor=actor, anonymous=True, thing=case, key=str(case.pk), data=data)
