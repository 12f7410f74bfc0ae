"""What is written into the book although nothing changed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kmportal.contest import deeds_results
from kmportal.contest.actions.ground import write
from kmportal.contest.models import Contest
from kmportal.contest.permissions import can_run
from kmportal.people.models import User


@transaction.atomic
def took_figures(*, actor: User, contest: Contest, version: int) -> None:
    """An organiser took out the figures for recomputing.

    Raises:
        PermissionDenied
    """
    if not can_run(actor, contest):
        raise PermissionDenied
    write(contest=contest, actor=actor, act=deeds_results.EXPORTED, version=version)
