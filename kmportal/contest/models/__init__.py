"""Names only."""

from kmportal.contest.models.audit import AuditAct
from kmportal.contest.models.contests import Contest
from kmportal.contest.models.entries import Entry, EntryFile, EntryPicture, EntryVersion, TeamMember
from kmportal.contest.models.judging import Assignment, Judge, Recusal, Score
from kmportal.contest.models.parts import Category, Criterion, Level, Prize
from kmportal.contest.models.results import AppliedReport, Certificate, PrizeAward, ResultRow, ResultVersion, Vote, VotePattern

__all__ = [
    "AppliedReport",
    "Assignment",
    "AuditAct",
    "Category",
    "Certificate",
    "Contest",
    "Criterion",
    "Entry",
    "EntryFile",
    "EntryPicture",
    "EntryVersion",
    "Judge",
    "Level",
    "Prize",
    "PrizeAward",
    "Recusal",
    "ResultRow",
    "ResultVersion",
    "Score",
    "TeamMember",
    "Vote",
    "VotePattern",
]
