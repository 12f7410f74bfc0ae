from qa.models.bounties import Bounty
from qa.models.filters import SavedFilter
from qa.models.harvest import Harvest
from qa.models.marks import Follow, Report, Useful, WorksForMe
from qa.models.posts import Answer, Comment, Question
from qa.models.requests import AnswerRequest, Mention, RequestSetting
from qa.models.versions import Draft, Version

__all__ = [
    "Answer",
    "AnswerRequest",
    "Bounty",
    "Comment",
    "Draft",
    "Follow",
    "Harvest",
    "Mention",
    "Question",
    "Report",
    "RequestSetting",
    "SavedFilter",
    "Useful",
    "Version",
    "WorksForMe",
]
