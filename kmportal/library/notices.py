"""What the library tells people of: the review by a second person, keeping knowledge current, imports."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from kmportal.inbox.kinds import Kind, register
from kmportal.library.models import ImportJob, KnowledgePage
from kmportal.library.permissions import can_import, can_make_lesson

REVIEW_WAITING, APPROVED, SENT_BACK = "library.review_waiting", "library.approved", "library.sent_back"
REVIEW_DUE, OUTDATED, IMPORT_READ = "library.review_due", "library.outdated", "library.import_read"
REVIEWS = pgettext_lazy("group of notices", "Reviews before publication")
CURRENT = pgettext_lazy("group of notices", "Keeping knowledge current")
IMPORTS = pgettext_lazy("group of notices", "Imports")


def _readable(user: Any) -> "QuerySet[Any]":
    return KnowledgePage.objects.visible_to(user)


def _workable(user: Any) -> "QuerySet[Any]":
    return KnowledgePage.objects.workable_by(user)


def _kept(user: Any) -> "QuerySet[Any]":
    return KnowledgePage.objects.kept_by(user)


def _imports(user: Any) -> "QuerySet[Any]":
    return ImportJob.objects.visible_to(user)


def _titles(page: KnowledgePage) -> tuple[str, str]:
    return page.title, page.title_en


def _keep(page: KnowledgePage) -> str:
    return reverse("library:keep", args=[page.pk])


def _published(page: KnowledgePage) -> str:
    parts = page.get_url_parts()
    return str(parts[2]) if parts and parts[2] else ""


def declare() -> None:
    """Called once, by LibraryConfig.ready."""
    for kind in (
        Kind(
            REVIEW_WAITING, pgettext_lazy("kind of notice", "A page waits for your review"), REVIEWS,
            line="library/notices/review_waiting.txt", more="library/notices/review_waiting_more.txt", icon="eye",
            visible=_workable, titles=_titles, place=lambda page: reverse("library:judge", args=[page.pk]),
            concerns=can_make_lesson,
        ),
        Kind(
            APPROVED, pgettext_lazy("kind of notice", "Your page was approved"), REVIEWS, line="library/notices/approved.txt",
            icon="stamp", visible=_readable, titles=_titles, place=_published,
        ),
        Kind(
            SENT_BACK, pgettext_lazy("kind of notice", "Your page was sent back"), REVIEWS, line="library/notices/sent_back.txt",
            more="library/notices/sent_back_more.txt", icon="undo", visible=_workable, titles=_titles,
            place=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        Kind(
            REVIEW_DUE, pgettext_lazy("kind of notice", "Knowledge you keep is due for review"), CURRENT,
            line="library/notices/review_due.txt", more="library/notices/review_due_more.txt",
            subject="library/notices/review_due_subject.txt", icon="cal", visible=_kept, titles=_titles, place=_keep,
        ),
        Kind(
            OUTDATED, pgettext_lazy("kind of notice", "A reader says that something is out of date"), CURRENT,
            line="library/notices/outdated.txt", more="library/notices/outdated_more.txt", icon="flag", visible=_kept,
            titles=_titles, place=_keep,
        ),
        Kind(
            IMPORT_READ, pgettext_lazy("kind of notice", "A file you uploaded has been read"), IMPORTS,
            line="library/notices/import_read.txt", icon="upload", mail=False, visible=_imports,
            concerns=can_import,
        ),
    ):  # fmt: skip
        register(kind)
