"""Fields of the lesson record that a message can be marked with, and where each goes in a lesson (domain notes, the lesson record)."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Field(TextChoices):
    CONTEXT = "context", pgettext_lazy("field of a lesson", "Context")
    INTENT = "intent", pgettext_lazy("field of a lesson", "What was intended")
    WHAT_HAPPENED = "what_happened", pgettext_lazy("field of a lesson", "What happened")
    WHY = "why", pgettext_lazy("field of a lesson", "Why")
    CUES = "cues", pgettext_lazy("field of a lesson", "Cues that were noticed")
    TRICKS = "tricks", pgettext_lazy("field of a lesson", "Tricks")
    PITFALLS = "pitfalls", pgettext_lazy("field of a lesson", "Pitfalls")
    LESSON = "lesson", pgettext_lazy("field of a lesson", "The lesson")
    RECOMMENDATION = "recommendation", pgettext_lazy("field of a lesson", "Recommendation")
    EVIDENCE = "evidence", pgettext_lazy("field of a lesson", "Evidence")
    APPLICABILITY = "applicability", pgettext_lazy("field of a lesson", "Holds when, does not hold when")
    CONTACTS = "contacts", pgettext_lazy("field of a lesson", "Ask further")
    ACTION = "action", pgettext_lazy("field of a lesson", "What is to be done next")


# Field of a mark → field of library.LessonPage.
IN_LESSON = {
    Field.CONTEXT: "context",
    Field.INTENT: "intent",
    Field.WHAT_HAPPENED: "what_happened",
    Field.WHY: "why",
    Field.CUES: "cues",
    Field.TRICKS: "tricks",
    Field.PITFALLS: "pitfalls",
    Field.LESSON: "lesson",
    Field.RECOMMENDATION: "recommendation",
    Field.EVIDENCE: "evidence",
    Field.APPLICABILITY: "works_when",
    Field.CONTACTS: "contacts",
    Field.ACTION: "next_steps",
}
# Fields of the page that hold plain words, with the most characters they take.
PLAIN = {"lesson": 500, "works_when": 1000, "fails_when": 1000, "contacts": 500}
# All that a teller gives their word for.
WORDS = ("title", "summary", *dict.fromkeys([*IN_LESSON.values(), "fails_when"]))
