"""Mail about keeping content current. Written in the reader's language; built when it is sent, with the rights of that moment."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier

from kmportal.core import naming
from kmportal.library.models import KnowledgePage, OutdatedReport
from kmportal.people.models import User
from kmportal.people.roles import Role

logger = logging.getLogger(__name__)


class ReviewersNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Wagtail's mail to the reviewers, kept to those who may read the page: a title is content too."""

    def get_recipient_users(self, task_state: Any, **kwargs: Any) -> list[User]:
        users = super().get_recipient_users(task_state, **kwargs).distinct()
        page_id = int(task_state.workflow_state.object_id)
        if not KnowledgePage.objects.filter(pk=page_id).exists():
            return list(users)
        return [user for user in users if KnowledgePage.objects.workable_by(user).filter(pk=page_id).exists()]


def keepers(page: KnowledgePage, *, with_coordinators: bool = False) -> list[User]:
    """Whom to tell about a page: its owner; where there is none who may still read it, or on demand, the coordinators of its agency;
    where there are none of these, the network coordinators.
    """
    found: list[User] = []
    owner = page.owner
    if owner is not None and owner.is_active and _may_read(owner, page):
        found.append(owner)
    if not found or with_coordinators:
        found += [user for user in _agency_coordinators(page) if user not in found and _may_read(user, page)]
    if not found:
        found = [user for user in _holders(Role.NETWORK_COORDINATOR) if _may_read(user, page)]
    return found


def tell_of_report(report: OutdatedReport) -> None:
    """To the keepers of the page: what a reader says is out of date, and who says it."""
    page = report.page
    for user in keepers(page):
        send(user, "outdated_report", {"page": page, "report": report, "reporter": report.reporter})


def remind(user: User, pages: Sequence[KnowledgePage]) -> bool:
    """One mail for all of a keeper's pages whose review is due."""
    return send(user, "review_due", {"pages": pages})


def send(user: User, name: str, context: dict[str, Any]) -> bool:
    """False where the mail could not be handed over; the reason is logged, the caller's work stands."""
    with translation.override(user.language):
        values = {**context, "user": user, "base_url": settings.BASE_URL.rstrip("/"), "site_name": naming.current().name}
        subject = " ".join(render_to_string(f"library/mail/{name}_subject.txt", values).split())
        body = render_to_string(f"library/mail/{name}.txt", values)
    try:
        return bool(EmailMessage(subject, body, to=[user.email], headers={"Auto-Submitted": "auto-generated"}).send())
    except OSError:
        logger.exception("mail %s to account %s was not sent", name, user.pk)
        return False


def _may_read(user: User, page: KnowledgePage) -> bool:
    return KnowledgePage.objects.visible_to(user).filter(pk=page.pk).exists()


def _agency_coordinators(page: KnowledgePage) -> Iterable[User]:
    if page.agency is None:
        return []
    above = [agency.pk for agency in page.agency.lineage()]
    return _holders(Role.AGENCY_COORDINATOR).filter(agency__in=above)


def _holders(role: Role) -> Any:
    return User.objects.filter(is_active=True, groups__name=role.value).order_by("pk")
