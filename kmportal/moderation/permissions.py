"""Who may decide what. Meeting a case is not asked here: querysets begin with handled_by(user)."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kmportal.core.acts import Field
from kmportal.moderation.models import Case
from kmportal.moderation.querysets import is_admin
from kmportal.people.roles import Role

APPEAL_DAYS = 14


def barred(case: Case) -> set[int]:
    """Keys of those who are party to the case: whom it is about, who reported it, and who decided what is appealed."""
    found = {*case.about.values_list("pk", flat=True), *case.reports.values_list("person", flat=True)}
    if case.state == Case.State.APPEALED:
        found |= {case.decision.moderator_id, case.appeal.person_id}
    return found


def can_decide(user: Any, case: Case) -> bool:
    """Of those who handle it, whoever is no party; of an appeal, not who decided first."""
    return case.is_live and user.pk not in barred(case) and Case.objects.handled_by(user).filter(pk=case.pk).exists()


def appeal_until(case: Case) -> datetime:
    return case.decision.at + timedelta(days=APPEAL_DAYS)


def can_appeal(user: Any, case: Case, now: datetime) -> bool:
    """Once, within a fortnight, those to whose disadvantage it was decided."""
    if case.state != Case.State.DECIDED or not case.decision.rules.against or hasattr(case, "appeal"):
        return False
    return now <= appeal_until(case) and Case.objects.about(user).filter(pk=case.pk).exists()


def has_queue(user: Any) -> bool:
    """Whether cases can come to this person at all: moderators, facilitators of a community, administrators."""
    if not (user.is_authenticated and user.is_active):
        return False
    return is_admin(user) or user.has_role(Role.MODERATOR) or user.leads_a_community


# What somebody reads who opens a page of moderation without the role: coordinators cannot give it.
NOT_A_MODERATOR = _("Only moderators and the facilitators of communities decide cases. Site administrators give these roles.")
NO_READER_OF_THE_BOOK = _(
    "Only moderators and site administrators read the book of staff acts. Site administrators give these roles."
)


def has_role_for_queue(request: Any) -> bool:
    """For the menu, which must cost no query: by role alone. Facilitators come through their notices."""
    user = request.user
    return bool(user.is_authenticated and user.is_active and user.has_role(Role.MODERATOR, Role.SITE_ADMIN))


def can_read_book(user: Any) -> bool:
    """The book of staff acts: administrators, and moderators what concerns content."""
    return is_admin(user) or (user.is_authenticated and user.is_active and user.has_role(Role.MODERATOR))


def fields_of_book(user: Any) -> tuple[Field, ...]:
    """What somebody who reads the book can meet there."""
    return tuple(Field) if is_admin(user) else (Field.CONTENT,)
