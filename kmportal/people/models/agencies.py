"""Government agencies: a tree of four levels, with the names people use for them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.core.thai_order import ThaiOrder
from kmportal.people.querysets import AgencyQuerySet
from kmportal.taxonomy.models import in_reader_language


class Agency(models.Model):
    class Kind(models.TextChoices):
        MINISTRY = "ministry", pgettext_lazy("agency level", "Ministry")
        DEPARTMENT = "department", pgettext_lazy("agency level", "Department")
        BUREAU = "bureau", pgettext_lazy("agency level", "Bureau or division")
        GROUP = "group", pgettext_lazy("agency level", "Group or section")
        PROVINCE = "province", pgettext_lazy("agency level", "Province")
        LOCAL = "local", pgettext_lazy("agency level", "Local government")
        OTHER = "other", pgettext_lazy("agency level", "Other organisation")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name in Thai"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    kind = models.CharField(_("level"), max_length=12, choices=Kind.choices, default=Kind.DEPARTMENT)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of"))
    key = models.CharField(max_length=200, db_index=True, editable=False)
    order = ThaiOrder(words=lambda agency: agency.name)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [models.CheckConstraint(condition=~Q(parent=F("id")), name="people_agency_not_its_own_parent")]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("people:agency", args=[self.slug])

    def lineage(self) -> list["Agency"]:
        """The agency itself, then what it is part of, up to the ministry. Free of queries after select_related of three parents."""
        found: list[Agency] = [self]
        while (above := found[-1].parent) is not None and above not in found:
            found.append(above)
        return found


class AgencyAlias(models.Model):
    """Another name: abbreviation, former name, spelling. One alias may mean several agencies (กพร.): a person decides which."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="aliases", verbose_name=_("agency"))
    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, db_index=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="people_alias_once_per_agency")]

    def __str__(self) -> str:
        return f"{self.name} = {self.agency}"
