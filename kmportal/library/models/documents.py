"""The document cabinet: a file is stored once and filed in as many drawers as people look for it in."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.documents.models import AbstractDocument
from wagtail.search import index

from kmportal.library.querysets import DocumentsQuerySet
from kmportal.library.visibility import Visibility
from kmportal.taxonomy.models import PmqaCategory, PmqaCode


class LibraryDocument(AbstractDocument):
    class TextState(models.TextChoices):
        NONE = "", pgettext_lazy("text of a file", "Not of a kind whose text is read")
        WAITING = "waiting", pgettext_lazy("text of a file", "To be read")
        READ = "read", pgettext_lazy("text of a file", "Read")
        FAILED = "failed", pgettext_lazy("text of a file", "Could not be read")

    summary = models.TextField(_("summary"), blank=True, max_length=600)
    visibility = models.CharField(
        _("who may read"), max_length=10, choices=Visibility.choices, default=Visibility.NETWORK, db_index=True
    )
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("agency")
    )
    community = models.ForeignKey(
        "communities.Community",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("community of practice"),
    )
    # Read in the background (library.actions.texts); pages of a PDF are apart by form feeds.
    text = models.TextField(_("text read from the file"), blank=True, editable=False)
    text_state = models.CharField(max_length=7, choices=TextState.choices, blank=True, editable=False, db_index=True)
    text_problem = models.CharField(max_length=30, blank=True, editable=False)
    text_asked = models.DateTimeField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    objects = DocumentsQuerySet.as_manager()
    # The API lists documents newest first, found ones too.
    search_fields = [*AbstractDocument.search_fields, index.FilterField("created_at")]
    admin_form_fields = ("title", "file", "summary", "visibility", "agency", "community", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def get_absolute_url(self) -> str:
        return reverse("library:document", args=[self.pk])


class Filing(models.Model):
    """One document in one drawer. A drawer is a PMQA category, or one of its codes, in one fiscal year."""

    document = models.ForeignKey(LibraryDocument, models.CASCADE, related_name="filings", verbose_name=_("document"))
    category = models.ForeignKey(PmqaCategory, models.PROTECT, related_name="filings", verbose_name=_("PMQA category"))
    code = models.ForeignKey(PmqaCode, models.PROTECT, null=True, blank=True, related_name="filings", verbose_name=_("PMQA code"))
    year = models.PositiveSmallIntegerField(_("fiscal year (C.E.)"))

    class Meta:
        ordering = ["-year", "category", "code"]
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        # Two of them, because SQL takes two empty codes for different.
        constraints = [
            models.UniqueConstraint(fields=["document", "category", "code", "year"], name="library_filed_once_per_code"),
            models.UniqueConstraint(
                fields=["document", "category", "year"], condition=models.Q(code=None), name="library_filed_once_per_category"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.category.number} · {self.year}"
