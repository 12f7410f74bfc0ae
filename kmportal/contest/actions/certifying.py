"""Certificates: issued with the results, withdrawn where a correction changed what they say."""

from datetime import datetime

from django.utils import translation

from kmportal.contest import deeds_results
from kmportal.contest.actions.ground import write
from kmportal.contest.models import Certificate, Entry, Prize, ResultRow, ResultVersion, TeamMember
from kmportal.people.models import Person, User

LONGEST = 160
Wanted = dict[tuple[int, int | None, str, str], Certificate]


def renew(*, version: ResultVersion, actor: User | None, at: datetime) -> None:
    """In the transaction of the publication: what still holds stays as it was issued, the rest is withdrawn, what is new is issued."""
    wanted = _wanted(version, at)
    held = {_key(one): one for one in Certificate.objects.standing().filter(entry__contest=version.contest)}
    gone = [one.pk for key, one in held.items() if key not in wanted]
    if gone:
        Certificate.objects.filter(pk__in=gone).update(revoked_at=at, revoked_reason=version.reason)
        write(contest=version.contest, actor=actor, act=deeds_results.REVOKED, version=version.number, number=len(gone))
    new = [one for key, one in wanted.items() if key not in held]
    # Two people of a team with one printed name share a paper.
    Certificate.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        write(contest=version.contest, actor=actor, act=deeds_results.ISSUED, version=version.number, number=len(new))


def _key(one: Certificate) -> tuple[int, int | None, str, str]:
    return one.entry_id, one.user_id, one.printed, one.award


def _wanted(version: ResultVersion, at: datetime) -> Wanted:
    prizes = {one.pk: one for one in version.contest.prizes.select_related("category")}
    found: Wanted = {}
    for row in version.rows.select_related("entry__owner", "entry__category", "category"):
        for prize in (prizes[key] for key in row.detail["prizes"] if key in prizes):
            for user, printed in holders(row.entry):
                one = _certificate(row, prize, user, printed, at)
                found[_key(one)] = one
    return found


def _certificate(row: ResultRow, prize: Prize, user: User | None, printed: str, at: datetime) -> Certificate:
    return Certificate(
        row=row, entry=row.entry, user=user, printed=printed, award=_award(row, prize, "th"), award_en=_award(row, prize, "en"),
        issued_at=at,
    )  # fmt: skip


def _award(row: ResultRow, prize: Prize, language: str) -> str:
    """The prize, and the category where it is one of it."""
    with translation.override(language):
        words = str(prize) if prize.category_id is None else f"{prize} · {row.category}"
    return words[:LONGEST]


def holders(entry: Entry) -> list[tuple[User | None, str]]:
    """Whom certificates name: the unit or team, the owner, and those of the team who agreed."""
    person = Person.objects.filter(user=entry.owner).first()
    people: list[tuple[User | None, str]] = [(entry.owner, (person.formal_name if person else str(entry.owner))[:LONGEST])]
    agreed = entry.team.filter(consent=TeamMember.Consent.GIVEN).select_related("user")
    people += [(one.user, one.printed) for one in agreed]
    named = entry.unit or (str(entry.agency) if entry.agency and entry.kind == Entry.Kind.UNIT else "")
    return ([(None, named[:LONGEST])] if named and entry.kind != Entry.Kind.PERSON else []) + people
