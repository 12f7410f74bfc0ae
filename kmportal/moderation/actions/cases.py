"""Opening a case, joining one with a report, and taking it on."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Model
from django.utils import timezone

from kmportal.moderation.actions.ground import ask_deciders
from kmportal.moderation.kinds import Kind, kind_of
from kmportal.moderation.models import LONGEST_REASON, Case, CaseReport
from kmportal.moderation.notices import OPENED
from kmportal.people.models import User


@transaction.atomic
def open_case(
    *, kind: str, subject: Model, key: str, evidence: dict[str, Any], opened_by: User | None = None,
    reason: str = "", sort: str = "", again: bool = False,
) -> Case:  # fmt: skip
    """Opens a case, or gives the one that this key has. Callers hold the lock of the subject, or nothing else changes it.

    Args:
        kind: the code of a declared kind. key: what it is about, the same words each time.
        evidence: plain JSON that the kind's template shows; kept as it was when the case was opened.
        opened_by: who reported it, with their `reason` and its `sort`; None for what the portal found by itself.
        again: after a decision, opens the next round. Without it a decided case is given as it is.

    Raises:
        KeyError: nobody declared the kind.
    """
    declared = kind_of(kind)
    case = Case.objects.select_for_update(no_key=True).filter(key=key).order_by("round").last()
    is_new = case is None or (again and not case.is_live)
    if case is None or is_new:
        case = _begin(declared, subject, key, evidence, 1 if case is None else case.round + 1)
    if opened_by is not None and reason.strip():
        _join(case, opened_by, sort, reason)
    elif is_new:
        ask_deciders(case=case, kind=OPENED, key=str(case.pk), actor=None, data={"kind": kind})
    return case


def _begin(kind: Kind, subject: Model, key: str, evidence: dict[str, Any], number: int) -> Case:
    now = timezone.now()
    try:
        with transaction.atomic():
            case = Case.objects.create(
                kind=kind.code, subject=subject, key=key, round=number, evidence=evidence, opened_at=now, moved_at=now
            )
    except IntegrityError:  # another process was first
        return Case.objects.get(key=key, round=number)
    case.about.set(kind.about(subject))
    return case


def _join(case: Case, person: User, sort: str, reason: str) -> None:
    """Another reason in the case; the same person with the same sort is heard once."""
    words = {"reason": reason.strip()[:LONGEST_REASON], "at": timezone.now()}
    made, is_new = CaseReport.objects.get_or_create(case=case, person=person, sort=sort, defaults=words)
    case.report_count = case.reports.aggregate(people=Count("person", distinct=True))["people"]
    Case.objects.filter(pk=case.pk).update(report_count=case.report_count)
    if is_new:
        data = {"kind": case.kind, "sort": sort, "quote": made.reason}
        ask_deciders(case=case, kind=OPENED, key=f"{case.pk}.{made.pk}", actor=person, data=data)
