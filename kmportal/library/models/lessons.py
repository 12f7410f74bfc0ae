"""Lessons and best practices: knowledge that was worked into a form another unit can follow.

The fields of the record, and which KM method fills which, are those of the lesson record in the domain notes (AAR, storytelling,
peer assist); the field names are stable because live rounds will fill them.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from kmportal.library.cms_panels import TicksPanel
from kmportal.library.models.items import Item
from kmportal.library.models.knowledge import KnowledgePage

FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class LessonPage(KnowledgePage):
    context = RichTextField(_("context"), blank=True, features=FEATURES, help_text=_("Agency, place, time, size, constraints"))
    intent = RichTextField(_("what was intended"), blank=True, features=FEATURES)
    what_happened = RichTextField(_("what happened"), blank=True, features=FEATURES, help_text=_("In order of time"))
    why = RichTextField(_("why"), blank=True, features=FEATURES)
    cues = RichTextField(_("cues that were noticed"), blank=True, features=FEATURES)
    tricks = RichTextField(_("tricks"), blank=True, features=FEATURES)
    pitfalls = RichTextField(_("pitfalls"), blank=True, features=FEATURES)
    lesson = models.TextField(_("the lesson"), blank=True, max_length=500, help_text=_("One sentence: when … do … because …"))
    recommendation = RichTextField(
        _("recommendation"), blank=True, features=FEATURES, help_text=_("Who should do what, and when")
    )
    evidence = RichTextField(_("evidence"), blank=True, features=FEATURES, help_text=_("Files, links, figures before and after"))
    works_when = models.TextField(_("holds when"), blank=True, max_length=1000)
    fails_when = models.TextField(_("does not hold when"), blank=True, max_length=1000)
    contacts = models.TextField(_("ask further"), blank=True, max_length=500)
    next_steps = RichTextField(_("what is to be done next"), blank=True, features=FEATURES, help_text=_("With owner and date"))

    needs_review = True
    template = "library/lesson.html"
    parent_page_types = ["library.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        TicksPanel(),
        FieldPanel("summary"),
        FieldPanel("lesson"),
        MultiFieldPanel([FieldPanel(name) for name in ("context", "intent", "what_happened", "why")], heading=_("The event")),
        MultiFieldPanel([FieldPanel(name) for name in ("cues", "tricks", "pitfalls")], heading=_("Know-how")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("recommendation", "works_when", "fails_when", "evidence", "contacts", "next_steps")],
            heading=_("Use it"),
        ),
        InlinePanel("sources", label=_("seminar item"), heading=_("Made from")),
        InlinePanel("credits", label=_("person"), heading=_("Credit")),
        KnowledgePage.ordering_panel,
        KnowledgePage.reading_panel,
        KnowledgePage.english_panel,
        KnowledgePage.documents_panel,
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")


class LessonSource(Orderable):
    """A seminar item that a lesson was made from; the item shows the lesson, the lesson the item."""

    page = ParentalKey(LessonPage, on_delete=models.CASCADE, related_name="sources")
    item = models.ForeignKey(Item, models.PROTECT, related_name="lesson_links", verbose_name=_("seminar item"))

    panels = [FieldPanel("item")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "item"], name="library_item_once_per_lesson")]

    def __str__(self) -> str:
        return f"{self.page_id} ← {self.item_id}"


class Credit(Orderable):
    """Who the knowledge comes from: the teller is named before the one who typed."""

    class Part(models.TextChoices):
        TELLER = "teller", pgettext_lazy("credit", "Teller")
        NOTE_TAKER = "note_taker", pgettext_lazy("credit", "Note-taker")
        FACILITATOR = "facilitator", pgettext_lazy("credit", "Facilitator")

    page = ParentalKey(KnowledgePage, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="credits", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=12, choices=Part.choices, default=Part.TELLER)

    panels = [FieldPanel("person"), FieldPanel("part")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "person", "part"], name="library_credit_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_part_display()}"


class BestPracticePage(KnowledgePage):
    problem = RichTextField(_("the problem before"), blank=True, features=FEATURES)
    approach = RichTextField(_("what was done"), blank=True, features=FEATURES, help_text=_("Step by step"))
    results = RichTextField(_("results"), blank=True, features=FEATURES, help_text=_("Figures before and after"))
    success_factors = RichTextField(_("success factors"), blank=True, features=FEATURES)
    cautions = RichTextField(_("what to watch"), blank=True, features=FEATURES)
    works_when = models.TextField(_("holds when"), blank=True, max_length=1000)
    evidence = RichTextField(_("evidence"), blank=True, features=FEATURES)
    contacts = models.TextField(_("ask further"), blank=True, max_length=500)

    needs_review = True
    template = "library/practice.html"
    parent_page_types = ["library.SectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        *[
            FieldPanel(name)
            for name in ("problem", "approach", "results", "success_factors", "cautions", "works_when", "evidence", "contacts")
        ],
        InlinePanel("credits", label=_("person"), heading=_("Credit")),
        KnowledgePage.ordering_panel,
        KnowledgePage.reading_panel,
        KnowledgePage.english_panel,
        KnowledgePage.documents_panel,
    ]

    class Meta:
        verbose_name = _("best practice")
        verbose_name_plural = _("best practices")
