"""From a reviewed import to a draft page, and from there to the readers."""

import dataclasses
import json
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Collection

from kmportal.library.actions.imports import registry
from kmportal.library.acts import IMPORT_PUBLISHED
from kmportal.library.importer.model import Source
from kmportal.library.importing import names
from kmportal.library.importing.streams import Raw, cut, paragraph, stream_of, with_ids_of
from kmportal.library.importing.work import Choices, Work
from kmportal.library.models import ImportJob, LibraryDocument, SeminarIndexPage, SeminarPage
from kmportal.library.permissions import can_import_for, can_publish_import, can_update_seminar, can_work_on_import
from kmportal.library.visibility import Visibility
from kmportal.moderation.actions import audit
from kmportal.people.models import Agency, User
from kmportal.taxonomy.models import PmqaCategory

PAGE_TITLE, VENUE, PROVINCE = 255, 255, 80


class NotCreated(Exception):
    """No page was made; `words` say why and what to do."""

    words: Any = ""


class NotReady(NotCreated):
    words = _("This import is not under review any more. Load the list of imports again.")


class TitleMissing(NotCreated):
    words = _("The page needs a title: fill it in under Details.")


class AgencyMissing(NotCreated):
    words = _("Choose the agency whose staff may read the page, under Details.")


class PageGone(NotCreated):
    words = _("The page that should be updated was deleted. Make a new one instead.")


class NoSeminarIndex(NotCreated):
    words = _("The page that holds the seminars is missing. Ask a site administrator to run “manage.py load_basics”.")


def create_draft(*, actor: User, job: ImportJob) -> SeminarPage:
    """Makes the draft page of a reviewed import, or gives an existing page a new draft, with the original file filed beside it.

    A second call finds the page of the first. All of it happens, or nothing does.

    Raises:
        PermissionDenied: the import is not the actor's, or the page would belong to an agency that is not theirs.
        NotCreated, names.NamesUndecided: nothing was made.
    """
    stored: list[str] = []
    try:
        with transaction.atomic():
            job = ImportJob.objects.select_for_update().get(pk=job.pk)
            if not can_work_on_import(actor, job):
                raise PermissionDenied
            if job.state == ImportJob.State.DONE and job.page is not None:
                return job.page
            return _create(actor, job, stored)
    except BaseException:
        for name in stored:
            LibraryDocument._meta.get_field("file").storage.delete(name)
        raise


def _create(actor: User, job: ImportJob, stored: list[str]) -> SeminarPage:
    if job.state != ImportJob.State.REVIEW:
        raise NotReady
    work = Work.of(job)
    draft, choices = work.shown(), work.choices
    _check(actor, work)
    # Looked up again: since the review began another import may have made the same agency or person.
    ids = registry.make_new(actor=actor, draft=draft, ids=names.resolve(draft, choices, names.match(draft, actor)))
    page = _page_of(actor, choices)
    stream = [*_describe(page, work, ids), *stream_of(draft, ids, f"import-{job.pk}")]
    page.body = json.dumps(with_ids_of(list(page.body.raw_data), stream) if page.pk else stream)
    page.source = _file_document(actor, job, page)
    stored.append(page.source.file.name)
    _save(actor, page)
    _finish(job, page)
    return page


def _check(actor: User, work: Work) -> None:
    choices = work.choices
    if not work.draft.title:
        raise TitleMissing
    if choices.visibility == Visibility.AGENCY and choices.agency is None:
        raise AgencyMissing
    agency = Agency.objects.select_related("parent__parent__parent").filter(pk=choices.agency).first() if choices.agency else None
    if not can_import_for(actor, agency):
        raise PermissionDenied


def _page_of(actor: User, choices: Choices) -> SeminarPage:
    """The newest draft of the page to update, or an empty new page."""
    if choices.page is None:
        return SeminarPage(owner=actor, live=False, has_unpublished_changes=True)
    existing = SeminarPage.objects.filter(pk=choices.page).first()
    if existing is None:
        raise PageGone
    if not can_update_seminar(actor, existing):
        raise PermissionDenied
    page: SeminarPage = existing.get_latest_revision_as_object()
    return page


def _describe(page: SeminarPage, work: Work, ids: dict[str, int]) -> list[Raw]:
    """Fills the fields; gives paragraphs for what is too long for its field."""
    draft, choices = work.draft, work.choices
    page.title, *rest = cut(draft.title.value, PAGE_TITLE)
    page.venue, *more = cut(draft.venue.value, VENUE)
    page.province = draft.province.value[:PROVINCE]
    page.start_date = page.dated = date.fromisoformat(draft.start.value) if draft.start else None
    page.end_date = date.fromisoformat(draft.end.value) if draft.end else page.start_date
    page.organiser_id = ids.get(names.key_of_agency(draft.organiser.value)) if draft.organiser else None
    page.visibility, page.agency_id, page.edition_id = choices.visibility, choices.agency, choices.edition
    page.categories = list(PmqaCategory.objects.filter(edition_id=choices.edition, number__in=choices.categories))
    return [paragraph(text, f"front-{number}") for number, text in enumerate((*rest, *more)) if text]


def _file_document(actor: User, job: ImportJob, page: SeminarPage) -> LibraryDocument:
    """The original file among the documents, readable by whoever may read the page."""
    with job.file.open("rb") as file:
        content = ContentFile(file.read(), name=job.filename)
    document = LibraryDocument(
        title=job.filename,
        file=content,
        visibility=page.visibility,
        agency_id=page.agency_id,
        community_id=page.community_id,
        uploaded_by_user=actor,
        collection=Collection.get_first_root_node(),
        text="\n".join(line.raw for line in Source.from_json(job.source or {}).lines),
        text_state=LibraryDocument.TextState.READ,
    )
    document.save()
    document.get_file_size()
    document.get_file_hash()
    return document


def _save(actor: User, page: SeminarPage) -> None:
    if page.pk is None:
        parent = SeminarIndexPage.objects.order_by("path").first()
        if parent is None:
            raise NoSeminarIndex
        page.slug = _free_slug(page)
        parent.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=actor)
    page.save_revision(user=actor, log_action=True, clean=False)


def _free_slug(page: SeminarPage) -> str:
    """Thai letters do not stand in addresses: the day of the seminar and a few letters do."""
    day = page.start_date.isoformat() if page.start_date else "undated"
    return f"{day}-{get_random_string(4, 'abcdefghjkmnpqrstuvwxyz23456789')}"


def _finish(job: ImportJob, page: SeminarPage) -> None:
    """The file is kept once, among the documents: the copy that waited here goes."""
    storage, name = job.file.storage, job.file.name
    job.state, job.page, job.file = ImportJob.State.DONE, page, ""
    job.choices = dataclasses.replace(Choices.from_json(job.choices), page=page.pk).to_json()
    job.save(update_fields=["state", "page", "file", "choices", "updated_at"])
    transaction.on_commit(lambda: storage.delete(str(name)))


def publish(*, actor: User, job: ImportJob) -> SeminarPage:
    """Publishes the newest draft of the import's page.

    Raises:
        PermissionDenied: the actor may not publish without review.
        NotReady: there is no page yet.
    """
    if not (can_publish_import(actor) and can_work_on_import(actor, job)):
        raise PermissionDenied
    if job.page is None:
        raise NotReady
    with transaction.atomic():
        revision = job.page.get_latest_revision()
        revision.publish(user=actor)
        audit.record(actor=actor, act=IMPORT_PUBLISHED, thing=job.page)
    return SeminarPage.objects.get(pk=job.page_id)
