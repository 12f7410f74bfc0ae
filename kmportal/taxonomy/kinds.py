"""The kinds of knowledge that a seminar item can be. Values are stored and stand in addresses: never rename one."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ItemKind(TextChoices):
    PRACTICE = "practice", pgettext_lazy("item kind", "Practice")
    SUCCESS_FACTOR = "success_factor", pgettext_lazy("item kind", "Success factor")
    OBSTACLE = "obstacle", pgettext_lazy("item kind", "Obstacle")
    OBSERVATION = "observation", pgettext_lazy("item kind", "Observation")
    LESSON = "lesson", pgettext_lazy("item kind", "Lesson")
    RECOMMENDATION = "recommendation", pgettext_lazy("item kind", "Recommendation")
    QUESTION = "question", pgettext_lazy("item kind", "Question")
    ANSWER = "answer", pgettext_lazy("item kind", "Answer")
    DEFINITION = "definition", pgettext_lazy("item kind", "Definition")
    METRIC = "metric", pgettext_lazy("item kind", "Figure")
