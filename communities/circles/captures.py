"""What a round may fill: fields of the lesson record (communities.harvest.fields has the same names), and what methods ask for besides."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Capture(TextChoices):
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
    ANSWER = "answer", pgettext_lazy("what a round gathers", "Answers")
    QUESTION = "question", pgettext_lazy("what a round gathers", "Open questions")
    METRIC = "metric", pgettext_lazy("what a round gathers", "Figures")
    APPLIED = "applied", pgettext_lazy("what a round gathers", "What was used elsewhere")
    MATCH = "match", pgettext_lazy("what a round gathers", "Who can help whom")
    FREE = "free", pgettext_lazy("what a round gathers", "Anything")
