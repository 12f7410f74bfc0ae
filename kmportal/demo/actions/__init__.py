"""Loading the demonstration content. Safe to repeat: what is there stays as people changed it, what is missing is made."""

from collections.abc import Callable

from django.conf import settings
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task

from kmportal.demo.actions.circles import hold_circles
from kmportal.demo.actions.commons import share_things
from kmportal.demo.actions.contest import open_contest
from kmportal.demo.actions.documents import file_documents
from kmportal.demo.actions.interviews import ask_who_retires
from kmportal.demo.actions.knowers import show_knowers
from kmportal.demo.actions.merits import show_merits
from kmportal.demo.actions.pages import write_lessons, write_practices
from kmportal.demo.actions.people import PASSWORD, DemoPerson, make_agencies, make_communities, make_people
from kmportal.demo.actions.questions import ask_questions
from kmportal.demo.actions.rewards import fill_shop, points_without_hold
from kmportal.demo.actions.seminars import import_seminars
from kmportal.demo.actions.talks import talk
from kmportal.inbox.actions import mails_paused
from kmportal.library.models import KnowledgePage

__all__ = ["PASSWORD", "DemoPerson", "NotHere", "load_demo"]


class NotHere(Exception):
    """The demonstration accounts have a password that everybody knows: they never enter a production portal."""


def load_demo(*, say: Callable[[str], None] = lambda words: None) -> list[DemoPerson]:
    """Make agencies, accounts, communities, seminars, documents, lessons, practices and questions; gives the accounts, for the table of sign-ins.

    Each piece is made whole or not at all, so a run that was cut off is finished by the next one.

    Args:
        say: told what is being made, in a few words; not called when there is nothing to do.

    Raises:
        NotHere: settings.PRODUCTION is on; nothing was made.
    """
    if settings.PRODUCTION:
        raise NotHere
    before = set(KnowledgePage.objects.values_list("pk", flat=True))
    # Wagtail would queue a task for each of a thousand saves to note what refers to what; once for each page is enough.
    with disable_reference_index_auto_update():
        make_agencies()
        people = make_people(say=say)
        with mails_paused():
            make_communities()
            talk(say=say)
            import_seminars(say=say)
            file_documents(say=say)
            with points_without_hold():
                write_lessons(say=say)
                write_practices(say=say)
            fill_shop(say=say)
            ask_questions(say=say)
            show_merits(say=say)
            share_things(say=say)
            hold_circles(say=say)
            ask_who_retires(say=say)
            show_knowers(say=say)
            open_contest(say=say)
    for page in KnowledgePage.objects.exclude(pk__in=before).select_related("content_type"):
        update_reference_index_task.enqueue("library", page.content_type.model, str(page.pk))
    return people
