"""Posts that hold pictures. Registered in QaConfig.ready."""

from kmportal.pictures import kinds
from qa.models import Answer, Comment, Draft, Question


def register() -> None:
    kinds.register(Question, Question.objects.visible_to)
    kinds.register(Answer, Answer.objects.visible_to)
    kinds.register(Comment, Comment.objects.visible_to)
    kinds.register(Draft, Draft.objects.visible_to, passing=True)
