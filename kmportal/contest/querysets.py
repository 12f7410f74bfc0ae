"""Reading contests. Every reader starts with visible_to(user).

An entry has three ways to be read, and none is another: whole (`visible_to`: its people, the organisers, everybody once the gallery is
open), blind by its judges (`judged_by`) and blind on the ballot (`on_ballot`). Roles of the network open none of them.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from kmportal.contest import clock
from kmportal.people.guests import in_network

if TYPE_CHECKING:
    from kmportal.contest.models import AppliedReport, Assignment, Certificate, Contest, Entry, Judge, ResultVersion, Vote  # noqa: F401 - names for annotations


def _runs(user: Any, prefix: str = "") -> Q:
    """A subquery, not a join on organisers: a join would repeat rows and spoil counts."""
    return Q(**{f"{prefix}in": user.contests_run.values("pk")})


class ContestQuerySet(models.QuerySet["Contest"]):
    def visible_to(self, user: Any) -> "ContestQuerySet":
        """Announced ones, from the time of their announcement, are everybody's; the others their organisers'. Called off ones stay told."""
        told = Q(state__in=["announced", "cancelled"], announce_at__lte=clock.now())
        return self.filter(told | _runs(user, "pk__")) if in_network(user) else self.filter(told)

    def run_by(self, user: Any) -> "ContestQuerySet":
        return self.filter(_runs(user, "pk__")) if in_network(user) else self.none()

    def published(self) -> "ContestQuerySet":
        return self.filter(results_published_at__isnull=False)


class OfContest(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Any:
        """Those of contests that the person runs."""
        return self.filter(_runs(user, "contest__")) if in_network(user) else self.none()


def _whole(user: Any, prefix: str = "") -> Q:
    """Whoever reads an entry with its names: see EntryQuerySet.visible_to."""
    shown = Q(**{f"{prefix}state": "accepted", f"{prefix}is_calibration": False})
    shown &= Q(**{f"{prefix}contest__results_published_at__isnull": False})
    if not in_network(user):
        return shown & Q(**{f"{prefix}contest__gallery": "public"})
    own = Q(**{f"{prefix}owner": user})
    team = Q(**{f"{prefix}in" if prefix else "pk__in": user.contest_teams.exclude(consent="refused").values("entry")})
    # Organisers screen what was handed in. A draft, or what was withdrawn, is its people's alone.
    run = _runs(user, f"{prefix}contest__") & Q(**{f"{prefix}state__in": ["submitted", "accepted", "screened_out"]})
    return shown | own | team | run


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Any) -> "EntryQuerySet":
        """Whole, with names: its owner and team, the organisers of the contest, and after publication whoever the gallery is open to."""
        return self.filter(_whole(user))

    def worked_on_by(self, user: Any) -> "EntryQuerySet":
        """Those that the person may write in: their own, and those of a team that they agreed to be in."""
        if not in_network(user):
            return self.none()
        return self.filter(Q(owner=user) | Q(pk__in=user.contest_teams.filter(consent="given").values("entry")))

    def judged_by(self, user: Any) -> "EntryQuerySet":
        """Blind: those given to the person as judge, once screening ended, unless they stepped aside. Never show more than the blind view does."""
        if not in_network(user):
            return self.none()
        # One judge of a person in a contest, one assignment of a judge to an entry: the join repeats no row.
        given = Q(assignments__judge__user=user, assignments__judge__left_at=None, assignments__state__in=["open", "done"])
        return self.filter(given, contest__state="announced", contest__screen_until__lte=clock.now())

    def on_ballot(self, user: Any) -> "EntryQuerySet":
        """Blind: those that members may vote on now. Own ones stand there too; voting for them is refused."""
        if not in_network(user):
            return self.none()
        now = clock.now()
        return self.filter(
            state="accepted", is_calibration=False, contest__state="announced",
            contest__vote_from__lte=now, contest__vote_until__gt=now,
        )  # fmt: skip

    def shown_to(self, user: Any) -> "EntryQuerySet":
        """In one of the three ways: who may see the photographs, which tell nothing but what they show."""
        ways = (self.judged_by(user), self.on_ballot(user))
        blind = [Q(pk__in=way.order_by().values("pk")) for way in ways]
        return self.filter(_whole(user) | blind[0] | blind[1])

    def handed_in(self) -> "EntryQuerySet":
        return self.filter(state__in=["submitted", "accepted", "screened_out"])

    def admitted(self) -> "EntryQuerySet":
        """Those that are judged, voted on and shown."""
        return self.filter(state="accepted", is_calibration=False)


class OfEntry(models.QuerySet[Any]):
    """Parts of an entry, for whoever reads it whole."""

    def visible_to(self, user: Any) -> Any:
        return self.filter(_whole(user, "entry__"))


class JudgeQuerySet(models.QuerySet["Judge"]):
    def visible_to(self, user: Any) -> "JudgeQuerySet":
        """Oneself, and for organisers all of their contest."""
        return self.filter(Q(user=user) | _runs(user, "contest__")) if in_network(user) else self.none()

    def sitting(self) -> "JudgeQuerySet":
        return self.filter(left_at=None)


class OfJudge(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Any:
        """Oneself, and for organisers all of their contest."""
        return self.filter(Q(judge__user=user) | _runs(user, "judge__contest__")) if in_network(user) else self.none()


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: Any) -> "AssignmentQuerySet":
        """That there is one, and how far it is; what stands in it is for `judged_by` alone until judging is closed."""
        if not in_network(user):
            return self.none()
        return self.filter(Q(judge__user=user) | _runs(user, "judge__contest__")).defer("note")

    def judged_by(self, user: Any) -> "AssignmentQuerySet":
        """Those that the person judges, without those they stepped aside from."""
        if not in_network(user):
            return self.none()
        return self.filter(judge__user=user, judge__left_at=None, state__in=["open", "done"], judge__contest__state="announced")

    def counted(self) -> "AssignmentQuerySet":
        """Whole sheets of entries that take part in the results."""
        return self.filter(state="done", entry__state="accepted", entry__is_calibration=False)


class OfAssignment(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Any:
        """The judge's own. Organisers once judging is closed."""
        if not in_network(user):
            return self.none()
        closed = _runs(user, "assignment__judge__contest__") & Q(assignment__judge__contest__judging_closed_at__isnull=False)
        return self.filter(Q(assignment__judge__user=user) | closed)


class VoteQuerySet(models.QuerySet["Vote"]):
    def visible_to(self, user: Any) -> "VoteQuerySet":
        """One's own: nobody reads who voted for what."""
        return self.filter(voter=user) if in_network(user) else self.none()

    def counted(self) -> "VoteQuerySet":
        return self.filter(set_aside_at=None)


class ResultVersionQuerySet(models.QuerySet["ResultVersion"]):
    def visible_to(self, user: Any) -> "ResultVersionQuerySet":
        """Published ones are read by whoever the gallery is open to, old ones too; the others by their organisers."""
        out = Q(published_at__isnull=False)
        if not in_network(user):
            return self.filter(out, contest__gallery="public")
        return self.filter(out | _runs(user, "contest__"))


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Any) -> "CertificateQuerySet":
        """Whose it is, whose entry it is for, and the organisers. Whoever holds the paper asks by its code (views.verify)."""
        if not in_network(user):
            return self.none()
        unit = Q(user=None, entry__in=user.contest_teams.filter(consent="given").values("entry"))
        return self.filter(Q(user=user) | Q(entry__owner=user) | unit | _runs(user, "entry__contest__"))

    def standing(self) -> "CertificateQuerySet":
        return self.filter(revoked_at=None)


class AppliedReportQuerySet(models.QuerySet["AppliedReport"]):
    def visible_to(self, user: Any) -> "AppliedReportQuerySet":
        """Confirmed ones by whoever reads the entry; the others by who told it, and the organisers."""
        if not in_network(user):
            return self.filter(_whole(user, "entry__"), state="confirmed")
        return self.filter(Q(by=user) | _runs(user, "entry__contest__") | (_whole(user, "entry__") & Q(state="confirmed")))
