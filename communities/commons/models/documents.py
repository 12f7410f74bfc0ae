"""Files that members share, in all their versions. They lie in the private storage: no address but ours leads to them."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.commons.models.shared import LONGEST_TITLE, Deletable, Shared, somebody
from communities.commons.querysets import DocumentQuerySet, OfDocument


def private_storage() -> Storage:
    return storages["private"]


def stored_at(version: "DocumentVersion", name: str) -> str:
    """A place that neither tells nor depends on the name."""
    return f"communities/{get_random_string(24)}.{version.extension}"


class SpaceDocument(Shared, Deletable):
    title = models.CharField(_("document"), max_length=LONGEST_TITLE)
    summary = models.CharField(pgettext_lazy("document", "what it is for"), max_length=400, blank=True)
    changed_at = models.DateTimeField(_("changed"))
    downloads = models.PositiveIntegerField(_("downloads"), default=0)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        verbose_name = _("document of a community")
        verbose_name_plural = _("documents of communities")
        indexes = [models.Index(fields=["community", "-changed_at"], name="commons_documents")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commons:document", args=[self.community.slug, self.pk])


class DocumentVersion(models.Model):
    document = models.ForeignKey(SpaceDocument, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    file = models.FileField(upload_to=stored_at, storage=private_storage, max_length=120)
    name = models.CharField(_("file"), max_length=120)
    extension = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    note = models.CharField(_("what is new"), max_length=200, blank=True)
    author = somebody(_("uploaded by"))
    created_at = models.DateTimeField(_("when"))

    objects = OfDocument.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="commons_document_numbered")]

    def __str__(self) -> str:
        return f"{self.document_id} · {self.number}"
