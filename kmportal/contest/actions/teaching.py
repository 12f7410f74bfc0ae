"""An entry becomes a lesson of the library, in review, with credit to its team: in one step, and only by its own people."""

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, deeds_results
from kmportal.contest.actions.entry_ground import take_entry
from kmportal.contest.actions.ground import ContestError, write
from kmportal.contest.models import Contest, Entry, TeamMember
from kmportal.contest.models.entries import PLAIN_FIELDS, RICH_FIELDS
from kmportal.core import clean
from kmportal.library.actions.lessons import SLUG_LETTERS, LessonError, add_draft
from kmportal.library.actions.review import ReviewError, start_review
from kmportal.library.models import LessonPage
from kmportal.library.models.lessons import Credit
from kmportal.library.visibility import Visibility
from kmportal.people.models import Person, User
from kmportal.taxonomy.models import PmqaEdition


class TooEarly(ContestError):
    words = _(
        "While judges are at work, a lesson with your names would tell who entered. It can be made when the results are out."
    )


class NoLesson(ContestError):
    """`words` are the library's."""

    def __init__(self, words: object) -> None:
        super().__init__(words)
        self.words = words


def can_teach(entry: Entry) -> bool:
    """Whether it gives no name away: the results are out, or the entry is not in the contest (any more)."""
    contest = entry.contest
    if contest.is_published or contest.state == Contest.State.CANCELLED:
        return True
    closed = contest.enter_until is not None and contest.enter_until <= clock.now()
    return entry.state == Entry.State.SCREENED_OUT or (closed and not entry.is_handed_in)


@transaction.atomic
def make_lesson(*, actor: User, entry: int) -> LessonPage:
    """The lesson of an entry, handed in for the review by a second person. Again gives the one that was made.

    Raises:
        Entry.DoesNotExist, PermissionDenied
        TooEarly
        NoLesson: the library cannot take it now; it says why.
    """
    found = take_entry(actor=actor, entry=entry)
    if found.lesson_page is not None:
        return found.lesson_page
    if not can_teach(found):
        raise TooEarly
    lesson = _lesson(actor, found)
    try:
        add_draft(actor=actor, lesson=lesson)
        start_review(actor=actor, page=lesson)
    except (LessonError, ReviewError) as problem:
        raise NoLesson(problem.words) from problem
    found.lesson_page = lesson
    found.save(update_fields=["lesson_page"])
    write(contest=found.contest, actor=actor, act=deeds_results.LESSON, entry=found, lesson=lesson.pk)
    return lesson


def _lesson(actor: User, entry: Entry) -> LessonPage:
    lesson = LessonPage(
        title=entry.title or str(entry.contest), slug=f"lesson-{get_random_string(8, SLUG_LETTERS)}", live=False, owner=actor,
        has_unpublished_changes=True, edition=PmqaEdition.objects.filter(is_current=True).first(), summary=entry.summary[:500],
        visibility=Visibility.NETWORK, agency=entry.agency,
    )  # fmt: skip
    for name in RICH_FIELDS:
        setattr(lesson, name, str(clean.html(getattr(entry, name))))
    for name in PLAIN_FIELDS:
        setattr(lesson, name, getattr(entry, name))
    agreed = entry.team.filter(consent=TeamMember.Consent.GIVEN).order_by("position", "pk").values_list("user", flat=True)
    order = [entry.owner_id, *agreed]
    people = {one.user_id: one for one in Person.objects.filter(user__in=order)}
    lesson.credits = [
        Credit(person=people[key], part=Credit.Part.TELLER, sort_order=at) for at, key in enumerate(order) if key in people
    ]
    return lesson
