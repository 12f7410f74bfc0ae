"""What a published seminar says, as rows: talks and items, so that they can be listed, counted and linked across seminars.

They are a projection of the page's stream, written only by library.projection when the page is published. A row is known by its
block's id, so links from lessons survive edits; a block that is gone leaves its row retired, never deleted.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kmportal.library.querysets import ItemQuerySet, TalkQuerySet
from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCategory, PmqaCode


class Talk(models.Model):
    page = models.ForeignKey("library.SeminarPage", models.CASCADE, related_name="talks")
    block_id = models.UUIDField()
    position = models.PositiveIntegerField(default=0)
    session = models.CharField(max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=300)
    is_group = models.BooleanField(_("group discussion"), default=False)
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="talks", verbose_name=_("agency")
    )
    speakers = models.ManyToManyField("people.Person", blank=True, related_name="talks", verbose_name=_("speakers"))
    categories = models.ManyToManyField(PmqaCategory, blank=True, related_name="talks", verbose_name=_("PMQA categories"))
    retired = models.BooleanField(default=False)

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ["page", "position"]
        constraints = [models.UniqueConstraint(fields=["page", "block_id"], name="library_talk_once_per_block")]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        return f"t{self.block_id.hex[:8]}"

    def get_absolute_url(self) -> str:
        return f"{self.page.url}#{self.anchor}"


class Item(models.Model):
    page = models.ForeignKey("library.SeminarPage", models.CASCADE, related_name="items")
    talk = models.ForeignKey(Talk, models.CASCADE, null=True, blank=True, related_name="items")
    block_id = models.UUIDField()
    position = models.PositiveIntegerField(default=0)
    section = models.CharField(max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=ItemKind.choices, db_index=True)
    text = models.TextField(_("text"))
    level = models.PositiveSmallIntegerField(default=0)
    categories = models.ManyToManyField(PmqaCategory, blank=True, related_name="items", verbose_name=_("PMQA categories"))
    codes = models.ManyToManyField(PmqaCode, blank=True, related_name="items", verbose_name=_("PMQA codes"))
    retired = models.BooleanField(default=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["page", "position"]
        constraints = [
            models.UniqueConstraint(fields=["page", "block_id"], name="library_item_once_per_block"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="library_item_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def anchor(self) -> str:
        return f"i{self.block_id.hex[:8]}"

    def get_absolute_url(self) -> str:
        return reverse("library:item", args=[self.pk])


class ItemBand(models.Model):
    """One band of an item's text signature: items that share a band are candidates for "who else said this"."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="bands")
    band = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["band", "value"], name="library_band_value")]
        constraints = [models.UniqueConstraint(fields=["item", "band"], name="library_band_once")]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.band}"
