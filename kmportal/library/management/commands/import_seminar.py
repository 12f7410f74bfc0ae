"""`manage.py import_seminar FILE`: a seminar summary to a draft page, without a browser.

stdout holds the result alone: the address of the page, or with --format json what was understood. Remarks go to stderr.
Exit codes: 0 done, 1 wrong use, 2 the file cannot be read, 3 the page could not be made.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kmportal.library.actions.imports import edits, pages, reading, receive
from kmportal.library.importer import candidate, coverage
from kmportal.library.importer.model import Draft, Source
from kmportal.library.importing import context, names, review, sandbox
from kmportal.library.importing.vocabulary import vocabulary
from kmportal.library.importing.work import Work
from kmportal.library.models import ImportJob, SeminarPage
from kmportal.library.permissions import can_import
from kmportal.library.visibility import Visibility
from kmportal.people.models import User
from kmportal.people.roles import Role

UNREADABLE, NOT_MADE = 2, 3


class Command(BaseCommand):
    help = "Imports a seminar summary (.docx, .txt, .pdf) as a draft page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="publish the page at once")
        parser.add_argument("--dry-run", action="store_true", help="only read and show; nothing is written")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="what stdout holds (default: text)")
        parser.add_argument("--owner", metavar="EMAIL", help="who imports; by default the first network coordinator")
        parser.add_argument("--visibility", choices=[Visibility.PUBLIC.value, Visibility.NETWORK.value], default=None)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        data = self._bytes(file)
        if options["dry_run"]:
            source = self._attempt(lambda: sandbox.read_file(data, file.name))
            draft = self._attempt(lambda: sandbox.understand(source, vocabulary()))
            self._remark(source, draft)
            self._show(draft, None, options["format"])
            return
        owner = self._owner(options["owner"])
        job = self._imported(owner, data, file.name)
        draft = Work.of(job).draft
        self._remark(Source.from_json(job.source or {}), draft)
        for known in context.known_pages(job, Work.of(job), owner):
            self.stderr.write(f"Perhaps the same as page {known.page.pk}, {known.page.title}; a new page is made all the same.")
        page = self._page(owner, job, options)
        self._show(draft, page, options["format"])

    def _bytes(self, file: Path) -> bytes:
        try:
            if file.stat().st_size > receive.LARGEST:
                raise CommandError(str(review.PROBLEMS["too_big"]), returncode=UNREADABLE)
            return file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}", returncode=1) from error

    def _attempt(self, act: Any) -> Any:
        try:
            return act()
        except sandbox.ReadingFailed as error:
            raise CommandError(f"{review.PROBLEMS[error.code]} ({error})", returncode=UNREADABLE) from error

    def _owner(self, email: str | None) -> User:
        if email:
            found = User.objects.filter(email__iexact=email, is_active=True).first()
        else:
            found = User.objects.filter(groups__name=Role.NETWORK_COORDINATOR.value, is_active=True).order_by("pk").first()
        if found is None or not can_import(found):
            raise CommandError(f"Nobody who may import: {email or 'there is no network coordinator yet'}", returncode=1)
        return found

    def _imported(self, owner: User, data: bytes, name: str) -> ImportJob:
        job = receive.upload(actor=owner, file=ContentFile(data), name=name, now=timezone.now())
        # Read here and now: whoever claims the job first reads it, and the queued task finds nothing left to do.
        reading.read(job_id=job.pk, now=timezone.now())
        job.refresh_from_db()
        if job.state == ImportJob.State.FAILED:
            words = f"{review.PROBLEMS[job.problem]} ({job.problem})"
            receive.discard(actor=owner, job=job)
            raise CommandError(words, returncode=UNREADABLE)
        return job

    def _page(self, owner: User, job: ImportJob, options: dict[str, Any]) -> SeminarPage:
        """The draft page. Names that only a person can tell become new entries of the register, and are named on stderr."""
        try:
            work = Work.of(job)
            found = job.findings["names"]
            open_names = {key: names.NEW for key in names.mentions(work.draft) if names.decided(key, work.choices, found) is None}
            if open_names:
                self.stderr.write(
                    "Taken as new, join them in the CMS if they are not: " + ", ".join(key[2:] for key in open_names)
                )
                edits.decide_names(actor=owner, job=job, version=job.version, decisions=open_names)
            if options["visibility"]:
                edits.set_visibility(actor=owner, job=job, visibility=options["visibility"])
            page = pages.create_draft(actor=owner, job=job)
            return pages.publish(actor=owner, job=ImportJob.objects.get(pk=job.pk)) if options["publish"] else page
        except (pages.NotCreated, PermissionDenied) as error:
            raise CommandError(str(getattr(error, "words", "") or "permission denied"), returncode=NOT_MADE) from error

    def _remark(self, source: Source, draft: Draft) -> None:
        lost = coverage(source, draft)
        doubts = sum(bool(review.doubt(block)) for block in draft.blocks)
        self.stderr.write(f"{len(source.lines)} lines, {len(draft.blocks)} blocks, {doubts} to look at, {len(lost)} lost")
        for words in review.warnings(draft.warnings):
            self.stderr.write(str(words))

    def _show(self, draft: Draft, page: SeminarPage | None, form: str) -> None:
        told = candidate(draft)
        if form == "json":
            more = {"page": page.pk, "url": page.full_url if page.live else None} if page else {}
            self.stdout.write(json.dumps({**told, **more}, ensure_ascii=False, indent=1))
        elif page is not None:
            self.stdout.write(page.full_url if page.live else f"draft {page.pk}: {page.title}")
        else:
            self.stdout.write(
                f"{told['title']} ({told['start']} – {told['end']}), {len(told['units'])} talks, {len(told['items'])} items"
            )
