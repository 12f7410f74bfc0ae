"""What came of a consultation: written, confirmed, and one step from there to a lesson draft with credit to who helped."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from communities.experts.actions.ground import ExpertsError, WordsMissing, line, plain, required
from communities.experts.fields import digest_of, newest
from communities.experts.kinds import LESSON, LESSON_WAITS, OUTCOME, OUTCOME_ANSWERED
from communities.experts.models import Consultation, Outcome
from communities.experts.models.outcomes import REACHES
from kmportal.inbox.actions import settle, tell
from kmportal.library.actions.lessons import SLUG_LETTERS, add_draft
from kmportal.library.models import Credit, KnowledgePage, LessonPage
from kmportal.library.visibility import Visibility
from kmportal.people.models import Person, User
from kmportal.people.roles import Role
from kmportal.taxonomy.models import PmqaEdition

State = Outcome.State


class NotDone(ExpertsError):
    words = _("Say first that the consultation took place.")


class ChangedSince(ExpertsError):
    words = _("The text was changed after you opened it. Read it again as it stands now, then answer.")


class NotConfirmed(ExpertsError):
    words = _("Whoever gave the consultation has not confirmed this text yet.")


class DraftedAlready(ExpertsError):
    words = _("A lesson draft was made of this already. Change the draft instead.")


class NothingToSay(ExpertsError):
    words = _("Say what should change.")


class NoPage(ExpertsError):
    words = _("Whoever gave the consultation has no page of their own yet, and a lesson names its teller.")


class NobodyToFinish(ExpertsError):
    words = _("No coordinator may read this circle, so nobody could finish the lesson. Choose more readers.")


@dataclass(frozen=True)
class Words:
    """What came of it, for others."""

    title: str
    context: str
    advice: str
    lesson: str
    reach: str
    fails_when: str = ""


@transaction.atomic
def write(*, actor: User, consultation: Consultation, words: Words) -> Outcome:
    """The asker writes what came of it, or writes it anew; the doctor is asked to confirm the text and its readers.

    Raises:
        Consultation.DoesNotExist
        PermissionDenied: the doctor confirms, and does not write.
        NotDone, WordsMissing, DraftedAlready
        ValueError: no such circle.
    """
    found = _take(actor, consultation)
    if found.asker_id != actor.pk:
        raise PermissionDenied
    if found.state != Consultation.State.DONE:
        raise NotDone
    if words.reach not in [one.value for one in REACHES]:
        raise ValueError(words.reach)
    outcome = Outcome.objects.filter(consultation=found).first() or Outcome(consultation=found)
    if outcome.page_id is not None:
        raise DraftedAlready
    before = (outcome.state, outcome.words_digest) if outcome.pk else None
    outcome.title, outcome.lesson = line(words.title, most=160), line(words.lesson, most=400)
    if not (outcome.title and outcome.lesson):
        raise WordsMissing
    outcome.context, outcome.advice = required(words.context, most=2000), required(words.advice, most=4000)
    outcome.fails_when, outcome.reach = plain(words.fails_when, most=1000), words.reach
    if before and before[0] != State.RETURNED and before[1] == outcome.words_digest:
        return outcome
    outcome.state, outcome.says, outcome.digest, outcome.confirmed_at = State.WRITTEN, "", "", None
    outcome.written_at = timezone.now()
    outcome.save()
    tell(kind=OUTCOME, recipients=[found.doctor], actor=actor, thing=found, key=f"{found.pk}:{outcome.written_at.timestamp()}")
    return outcome


@transaction.atomic
def confirm(*, actor: User, outcome: Outcome, read: str) -> Outcome:
    """The doctor confirms the text and the circle that they have read. Again changes nothing.

    Raises:
        Consultation.DoesNotExist, PermissionDenied, ChangedSince
    """
    found = _for_doctor(actor, outcome)
    if read != found.words_digest:
        raise ChangedSince
    if found.state == State.CONFIRMED:
        return found
    found.state, found.digest, found.says, found.confirmed_at = State.CONFIRMED, read, "", timezone.now()
    found.save(update_fields=["state", "digest", "says", "confirmed_at"])
    return _told(found, actor)


@transaction.atomic
def send_back(*, actor: User, outcome: Outcome, read: str, says: str) -> Outcome:
    """The doctor wants other words, or other readers.

    Raises:
        Consultation.DoesNotExist, PermissionDenied, ChangedSince, NothingToSay, DraftedAlready
    """
    found = _for_doctor(actor, outcome)
    if found.page_id is not None:
        raise DraftedAlready
    if read != found.words_digest:
        raise ChangedSince
    if not says.strip():
        raise NothingToSay
    found.state, found.says, found.digest, found.confirmed_at = State.RETURNED, plain(says, most=1000), "", None
    found.save(update_fields=["state", "digest", "says", "confirmed_at"])
    return _told(found, actor)


@transaction.atomic
def draft_lesson(*, actor: User, outcome: Outcome) -> LessonPage:
    """A lesson draft of the confirmed text, by either of the two; the same again gives the draft that was made.

    What was asked and tried stays with the two: only the outcome goes into the lesson. The coordinators who finish it hear of it.

    Raises:
        Consultation.DoesNotExist, NotConfirmed, NoPage
        NobodyToFinish: no coordinator may read the circle.
        LessonError: the library has no place for lessons.
    """
    consultation = _take(actor, outcome.consultation)
    found = Outcome.objects.select_related("page").get(pk=outcome.pk)
    if found.page is not None:
        return found.page
    if found.state != State.CONFIRMED or found.digest != found.words_digest:
        raise NotConfirmed
    lesson = _lesson(actor, consultation, found)
    add_draft(actor=actor, lesson=lesson)
    # The words are those that were confirmed, so this very text needs no second word.
    found.page, found.lesson_digest = lesson, digest_of(newest(lesson))
    found.save(update_fields=["page", "lesson_digest"])
    coordinators = _finishers(lesson)
    if not coordinators:
        raise NobodyToFinish
    told = [consultation.asker, consultation.doctor]
    tell(kind=LESSON, recipients=told, actor=actor, thing=consultation, key=str(found.pk))
    tell(kind=LESSON_WAITS, recipients=coordinators, actor=actor, thing=lesson, key=str(found.pk))
    return lesson


@transaction.atomic
def confirm_lesson(*, actor: User, outcome: Outcome, read: str) -> Outcome:
    """The doctor confirms the lesson as it was written anew since. Again changes nothing.

    Raises:
        Consultation.DoesNotExist, PermissionDenied, ChangedSince, NotConfirmed
    """
    found = _for_doctor(actor, outcome)
    if found.page is None:
        raise NotConfirmed
    if read != digest_of(newest(found.page)):
        raise ChangedSince
    found.lesson_digest = read
    found.save(update_fields=["lesson_digest"])
    return found


def _take(actor: User, consultation: Consultation) -> Consultation:
    rows = Consultation.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    return rows.select_related("doctor", "asker").get(pk=consultation.pk)


def _for_doctor(actor: User, outcome: Outcome) -> Outcome:
    consultation = _take(actor, outcome.consultation)
    if consultation.doctor_id != actor.pk:
        raise PermissionDenied
    found = Outcome.objects.select_related("page").get(pk=outcome.pk)
    found.consultation = consultation
    return found


def _told(found: Outcome, actor: User) -> Outcome:
    consultation = found.consultation
    settle(kind=OUTCOME, thing=consultation)
    key = f"{found.pk}:{found.state}:{timezone.now().timestamp()}"
    tell(
        kind=OUTCOME_ANSWERED,
        recipients=[consultation.asker],
        actor=actor,
        thing=consultation,
        key=key,
        data={"state": found.state},
    )
    return found


def _lesson(actor: User, consultation: Consultation, found: Outcome) -> LessonPage:
    people = {one.user_id: one for one in Person.objects.filter(user__in=[consultation.doctor_id, consultation.asker_id])}
    teller = people.get(consultation.doctor_id)
    if teller is None:
        raise NoPage
    lesson = LessonPage(
        title=found.title, slug=f"lesson-{get_random_string(8, SLUG_LETTERS)}", live=False, has_unpublished_changes=True, owner=actor,
        edition=PmqaEdition.objects.filter(is_current=True).first(), visibility=found.reach, agency=consultation.doctor.agency,
        context=_paragraphs(found.context), what_happened=_paragraphs(found.advice), lesson=found.lesson, fails_when=found.fails_when,
    )  # fmt: skip
    if found.reach == Visibility.AGENCY and lesson.agency is None:
        raise NoPage
    credits = [Credit(person=teller, part=Credit.Part.TELLER, sort_order=0)]
    if writer := people.get(consultation.asker_id):
        credits.append(Credit(person=writer, part=Credit.Part.NOTE_TAKER, sort_order=1))
    lesson.credits = credits
    return lesson


def _paragraphs(text: str) -> str:
    return str(format_html_join("", "<p>{}</p>", ((part.strip(),) for part in text.split("\n\n") if part.strip())))


def _finishers(lesson: LessonPage) -> list[User]:
    """The coordinators who can work on the draft."""
    own = Q(groups__name=Role.AGENCY_COORDINATOR.value, agency=lesson.agency_id)
    found = User.objects.filter(Q(groups__name=Role.NETWORK_COORDINATOR.value) | own, is_active=True).distinct()
    return [one for one in found if KnowledgePage.objects.workable_by(one).filter(pk=lesson.pk).exists()]
