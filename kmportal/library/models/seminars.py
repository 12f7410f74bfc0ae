"""A seminar and what was said there."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from kmportal.library.blocks import SummaryStream
from kmportal.library.models.knowledge import KnowledgePage


class SeminarPage(KnowledgePage):
    start_date = models.DateField(_("first day"), null=True, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True)
    venue = models.CharField(_("venue"), max_length=255, blank=True)
    province = models.CharField(_("province"), max_length=80, blank=True)
    organiser = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="organised", verbose_name=_("organiser")
    )
    body = StreamField(SummaryStream(), verbose_name=_("what was said"), blank=True)
    source = models.ForeignKey(
        "library.LibraryDocument",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="seminars",
        verbose_name=_("original file"),
    )

    template = "library/seminar.html"
    parent_page_types = ["library.SeminarIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]), FieldRowPanel([FieldPanel("venue"), FieldPanel("province")]),
             FieldPanel("organiser"), FieldPanel("source")],
            heading=_("When, where, who"),
        ),
        FieldPanel("body"),
        KnowledgePage.ordering_panel,
        KnowledgePage.reading_panel,
        KnowledgePage.english_panel,
        KnowledgePage.documents_panel,
    ]  # fmt: skip

    class Meta:
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")

    def clean(self) -> None:
        super().clean()
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise ValidationError({"end_date": _("The last day lies before the first day.")})
