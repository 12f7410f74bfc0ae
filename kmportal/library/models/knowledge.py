"""What every knowledge page has: who may read it, how it is ordered, and how long it stays current."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from kmportal.library.models.guarding import AskedOnce
from kmportal.library.models.workflow import KnowledgePermissions
from kmportal.library.querysets import KnowledgeManager
from kmportal.library.visibility import Visibility
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, PmqaEdition, Topic, in_reader_language


class KnowledgePage(AskedOnce, Page):
    """Parent table of seminars, lessons and best practices, so that one query can list, filter and guard them all."""

    summary = models.TextField(_("summary"), blank=True, max_length=600)
    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True, max_length=600)
    visibility = models.CharField(
        _("who may read"), max_length=10, choices=Visibility.choices, default=Visibility.NETWORK, db_index=True
    )
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="knowledge", verbose_name=_("agency")
    )
    community = models.ForeignKey(
        "communities.Community",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="knowledge",
        verbose_name=_("community of practice"),
    )
    edition = models.ForeignKey(PmqaEdition, models.PROTECT, null=True, blank=True, verbose_name=_("PMQA edition"))
    categories = ParentalManyToManyField(PmqaCategory, blank=True, related_name="pages", verbose_name=_("PMQA categories"))
    codes = ParentalManyToManyField(PmqaCode, blank=True, related_name="pages", verbose_name=_("PMQA codes"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="pages", verbose_name=_("topics"))
    # The day the knowledge is of: a seminar's first day, a lesson's first publication; lists are ordered by it.
    dated = models.DateField(_("dated"), null=True, blank=True, db_index=True)
    review_due = models.DateField(_("due for review"), null=True, blank=True, db_index=True)
    confirmed_at = models.DateTimeField(_("confirmed as still correct"), null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False, db_index=True)

    objects = KnowledgeManager()

    is_creatable = False
    # Lessons and practices are published by a second person's approval; a seminar's summary may be published by its coordinator.
    needs_review = False
    # A copy is new knowledge: it was neither confirmed nor archived, and its dates begin with its own publication.
    exclude_fields_in_copy = ["confirmed_at", "archived_at", "review_due", "dated"]
    ordering_panel = MultiFieldPanel(
        [FieldPanel("edition"), FieldPanel("categories"), FieldPanel("codes"), FieldPanel("topics")],
        heading=_("Order: PMQA and topics"),
    )
    reading_panel = MultiFieldPanel(
        [FieldPanel("visibility"), FieldRowPanel([FieldPanel("agency"), FieldPanel("community")]), FieldPanel("review_due")],
        heading=_("Who may read, and until when it is current"),
    )
    english_panel = MultiFieldPanel(
        [FieldPanel("title_en"), FieldPanel("summary_en")], heading=_("In English"), classname="collapsed"
    )
    documents_panel = InlinePanel("page_documents", label=_("document"), heading=_("Documents"))

    class Meta:
        verbose_name = _("knowledge page")

    def clean(self) -> None:
        super().clean()
        if self.visibility == Visibility.AGENCY and self.agency is None:
            raise ValidationError({"agency": _("Choose the agency whose staff may read this.")})
        if self.visibility == Visibility.COMMUNITY and self.community is None:
            raise ValidationError({"community": _("Choose the community whose members may read this.")})

    @property
    def shown_title(self) -> str:
        return in_reader_language(self.title, self.title_en)

    @property
    def shown_summary(self) -> str:
        return in_reader_language(self.summary, self.summary_en)

    def permissions_for_user(self, user: Any) -> KnowledgePermissions:
        return KnowledgePermissions(user, self)

    def get_latest_revision_as_object(self) -> "KnowledgePage":
        """What the editor wrote last. Wagtail would take the published row where nothing is pending; but that row also holds what
        publishing derived (codes that one statement names, the agency, dates), and an editor's next save would make it their choice.
        """
        revision = self.get_latest_revision()
        return revision.as_object() if revision is not None else self

    def with_content_json(self, content: dict[str, Any]) -> "KnowledgePage":
        """A draft never takes back what happened to the page since it was written: its archiving, its last confirmation."""
        page = super().with_content_json(content)
        # As the table has it now: this object may have been loaded before the page was archived.
        now = KnowledgePage.objects.filter(pk=self.pk).values("confirmed_at", "archived_at", "review_due").first()
        if now is not None:
            if page.confirmed_at != now["confirmed_at"]:
                page.review_due = now["review_due"]
            page.confirmed_at, page.archived_at = now["confirmed_at"], now["archived_at"]
        return page

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the same "not found" as for an address that never existed.

        `library.addresses` finds pages through visible_to and says so, which spares the second look.
        """
        found_for = getattr(request, "readable_page", None)
        if found_for != self.pk and not KnowledgePage.objects.visible_to(request.user).filter(pk=self.pk).exists():
            raise Http404
        return super().serve(request, *args, **kwargs)


class PageDocument(Orderable):
    """A filed document that belongs to a page. The document keeps its own visibility."""

    page = ParentalKey(KnowledgePage, on_delete=models.CASCADE, related_name="page_documents")
    document = models.ForeignKey("library.LibraryDocument", models.CASCADE, related_name="on_pages", verbose_name=_("document"))

    panels = [FieldPanel("document")]

    def __str__(self) -> str:
        return f"{self.page_id} · {self.document_id}"
