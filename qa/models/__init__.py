from qa.models.bounties import Bounty
from qa.models.marks import Follow, Report, Useful, WorksForMe
from qa.models.posts import Answer, Comment, Question
from qa.models.versions import Draft, Version

__all__ = ["Answer", "Bounty", "Comment", "Draft", "Follow", "Question", "Report", "Useful", "Version", "WorksForMe"]
