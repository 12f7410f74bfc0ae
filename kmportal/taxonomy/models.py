"""PMQA editions with their categories and codes, and topics.

PMQA codes are not unique over time: SP5 of the 2551-2555 edition is another thing than SP5 of a later one, so a code belongs to a
category, a category to an edition (domain glossary, section 1).
"""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def in_reader_language(thai: str, english: str) -> str:
    """The wording for the active language; Thai where there is no English yet."""
    return english if english and (get_language() or "th").startswith("en") else thai


class PmqaEdition(models.Model):
    slug = models.SlugField(_("short name"), max_length=30, unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year (C.E.)"))
    last_year = models.PositiveSmallIntegerField(_("last year (C.E.)"), null=True, blank=True)
    is_current = models.BooleanField(_("in force"), default=False)

    class Meta:
        ordering = ["-first_year"]
        verbose_name = _("PMQA edition")
        verbose_name_plural = _("PMQA editions")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="taxonomy_one_current_edition"
            )
        ]

    def __str__(self) -> str:
        return in_reader_language(self.name_th, self.name_en)


class PmqaCategory(models.Model):
    """One of the eight categories P, 1 ... 7 as an edition words it."""

    NUMBERS = ("P", "1", "2", "3", "4", "5", "6", "7")

    edition = models.ForeignKey(PmqaEdition, models.PROTECT, related_name="categories", verbose_name=_("edition"))
    number = models.CharField(_("number"), max_length=1, choices=[(n, n) for n in NUMBERS])
    letters = models.CharField(_("letters of its codes"), max_length=4, blank=True)
    name_th = models.CharField(_("name in Thai"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)

    class Meta:
        ordering = ["edition", "number"]
        verbose_name = _("PMQA category")
        verbose_name_plural = _("PMQA categories")
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="taxonomy_category_once_per_edition")]

    def __str__(self) -> str:
        return f"{self.number} {self.name} · {self.edition}"

    @property
    def name(self) -> str:
        return in_reader_language(self.name_th, self.name_en)


class PmqaCode(models.Model):
    category = models.ForeignKey(PmqaCategory, models.PROTECT, related_name="codes", verbose_name=_("category"))
    code = models.CharField(_("code"), max_length=8)
    label_th = models.CharField(_("label in Thai"), max_length=200)
    label_en = models.CharField(_("label in English"), max_length=200, blank=True)
    explanation_th = models.TextField(_("explanation in Thai"), blank=True)
    explanation_en = models.TextField(_("explanation in English"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["category", "position", "code"]
        verbose_name = _("PMQA code")
        verbose_name_plural = _("PMQA codes")
        constraints = [models.UniqueConstraint(fields=["category", "code"], name="taxonomy_code_once_per_category")]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def label(self) -> str:
        return in_reader_language(self.label_th, self.label_en)

    @property
    def explanation(self) -> str:
        return in_reader_language(self.explanation_th, self.explanation_en)


class Topic(models.Model):
    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)

    class Meta:
        ordering = ["name_th"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return in_reader_language(self.name_th, self.name_en)
