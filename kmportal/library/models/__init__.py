from kmportal.library.models.documents import Filing, LibraryDocument
from kmportal.library.models.imports import ImportEdit, ImportJob
from kmportal.library.models.items import Item, ItemBand, Talk
from kmportal.library.models.knowledge import KnowledgePage, PageDocument
from kmportal.library.models.lessons import BestPracticePage, Credit, LessonPage, LessonSource
from kmportal.library.models.places import HomePage, PlainPage, SectionPage, SeminarIndexPage, SiteWords
from kmportal.library.models.seminars import SeminarPage
from kmportal.library.models.workflow import OutdatedReport, ReviewReminder, SecondPersonReview

__all__ = [
    "BestPracticePage",
    "Credit",
    "Filing",
    "HomePage",
    "ImportEdit",
    "ImportJob",
    "Item",
    "ItemBand",
    "KnowledgePage",
    "LessonPage",
    "LessonSource",
    "LibraryDocument",
    "OutdatedReport",
    "PageDocument",
    "PlainPage",
    "ReviewReminder",
    "SecondPersonReview",
    "SectionPage",
    "SeminarIndexPage",
    "SeminarPage",
    "SiteWords",
    "Talk",
]  # fmt: skip
