"""What people hear of offers, consultations and duties. Each kind asks the database anew whether its reader is one of those it is for."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from communities.experts.models import Consultation, Duty, Offer
from kmportal.inbox.kinds import Kind, register
from kmportal.library.models import LessonPage
from kmportal.library.permissions import can_make_lesson

AGREE_ASKED, AGREEMENT, AGREEMENT_ENDS = "experts.agree_asked", "experts.agreement", "experts.agreement_ends"
REQUESTED, ANSWERED, PROPOSED = "experts.requested", "experts.answered", "experts.proposed"
CALLED_OFF, WAITS, TOMORROW = "experts.called_off", "experts.waits", "experts.tomorrow"
OUTCOME, OUTCOME_ANSWERED, LESSON = "experts.outcome", "experts.outcome_answered", "experts.lesson"
LESSON_WAITS = "experts.lesson_waits"
DEPUTY_ASKED, DEPUTY_ANSWERED, DEPUTY_AWAY = "experts.deputy_asked", "experts.deputy_answered", "experts.deputy_away"
CONSULTATIONS = pgettext_lazy("group of notices", "Consultations")
DUTIES = pgettext_lazy("group of notices", "Duties and deputies")


def _offers(user: Any) -> "QuerySet[Any]":
    return Offer.objects.visible_to(user)


def _consultations(user: Any) -> "QuerySet[Any]":
    return Consultation.objects.visible_to(user)


def _duties(user: Any) -> "QuerySet[Any]":
    return Duty.objects.visible_to(user)


def _lessons(user: Any) -> "QuerySet[Any]":
    return LessonPage.objects.workable_by(user)


def _in_cms(lesson: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def _agreement(offer: Offer) -> str:
    return reverse("experts:agreement", args=[offer.pk])


def _titles(page: Any) -> tuple[str, str]:
    return page.title, page.title_en


def _names(offer: Offer) -> tuple[str, str]:
    return str(offer.doctor), ""


def declare() -> None:
    """Called once, by ExpertsConfig.ready."""
    for kind in (*_of_offers(), *_of_requests(), *_of_outcomes(), *_of_duties()):
        register(kind)


def _of_offers() -> tuple[Kind, ...]:
    return (
        Kind(
            AGREE_ASKED, pgettext_lazy("kind of notice", "Somebody you lead wants to offer consultations"), CONSULTATIONS,
            line="experts/notices/agree_asked.txt", icon="cup", mail=False, place=_agreement, visible=_offers, titles=_names,
        ),
        Kind(
            AGREEMENT, pgettext_lazy("kind of notice", "Your superior's word on your consultations"), CONSULTATIONS,
            line="experts/notices/agreement.txt", icon="cup", visible=_offers, titles=_names,
        ),
        Kind(
            AGREEMENT_ENDS, pgettext_lazy("kind of notice", "The agreement to your consultations ends soon"), CONSULTATIONS,
            line="experts/notices/agreement_ends.txt", icon="clock", visible=_offers, titles=_names,
        ),
    )  # fmt: skip


def _of_requests() -> tuple[Kind, ...]:
    return tuple(
        Kind(code, label, CONSULTATIONS, line=f"experts/notices/{code.partition('.')[2]}.txt", icon=icon, visible=_consultations)
        for code, label, icon in (
            (REQUESTED, pgettext_lazy("kind of notice", "Somebody asks you for a consultation"), "cup"),
            (ANSWERED, pgettext_lazy("kind of notice", "An answer to your request for a consultation"), "check"),
            (PROPOSED, pgettext_lazy("kind of notice", "Another time for a consultation"), "cal"),
            (CALLED_OFF, pgettext_lazy("kind of notice", "A consultation is called off"), "x"),
            (WAITS, pgettext_lazy("kind of notice", "A request for a consultation waits for you"), "clock"),
            (TOMORROW, pgettext_lazy("kind of notice", "A consultation is tomorrow"), "clock"),
        )
    )


def _of_outcomes() -> tuple[Kind, ...]:
    between = (
        (OUTCOME, pgettext_lazy("kind of notice", "What came of a consultation waits for your word"), "edit"),
        (OUTCOME_ANSWERED, pgettext_lazy("kind of notice", "An answer to what you wrote about a consultation"), "check"),
        (LESSON, pgettext_lazy("kind of notice", "A consultation became a lesson draft"), "book"),
    )
    for_coordinators = Kind(
        LESSON_WAITS, pgettext_lazy("kind of notice", "A lesson draft out of a consultation"), CONSULTATIONS,
        line="experts/notices/lesson_waits.txt", icon="book", visible=_lessons, place=_in_cms, titles=_titles,
        concerns=can_make_lesson,
    )  # fmt: skip
    return (
        *(
            Kind(
                code,
                label,
                CONSULTATIONS,
                line=f"experts/notices/{code.partition('.')[2]}.txt",
                icon=icon,
                visible=_consultations,
            )
            for code, label, icon in between
        ),
        for_coordinators,
    )


def _of_duties() -> tuple[Kind, ...]:
    return tuple(
        Kind(code, label, DUTIES, line=f"experts/notices/{code.partition('.')[2]}.txt", icon=icon, visible=_duties)
        for code, label, icon in (
            (DEPUTY_ASKED, pgettext_lazy("kind of notice", "Somebody asks you to stand in for a duty"), "basket"),
            (DEPUTY_ANSWERED, pgettext_lazy("kind of notice", "The word of a deputy"), "basket"),
            (DEPUTY_AWAY, pgettext_lazy("kind of notice", "Somebody you stand in for is away"), "cal"),
        )
    )
