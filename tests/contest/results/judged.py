"""A contest whose judging is closed: three judges, their points, and votes. The same each time."""

from django.utils import timezone

from kmportal.contest.models import Assignment, Contest, Entry, Judge, Score
from kmportal.people.models import Agency, User
from tests.make import contest as make
from tests.make.people import make_agency, make_user

AFTER = make.DATES["judge_until"] + make.SECOND


def judge(contest: Contest, organiser: User, points: dict[str, dict[Entry, tuple[int, ...]]]) -> None:
    """By name of the judge and by entry the points of each criterion, in the contest's order. Then judging is closed."""
    criteria = list(contest.criteria.all())
    for name, sheets in points.items():
        user = make_user(f"{name}@judges.example", given=name)
        row = Judge.objects.create(contest=contest, user=user, appointed_by=organiser, appointed_at=make.DEADLINE)
        for entry, given in sheets.items():
            sheet = Assignment.objects.create(
                judge=row, entry=entry, how="draw", state="done", made_by=organiser, made_at=make.DEADLINE, done_at=make.DEADLINE,
                note=f"คำของ {name}",
            )  # fmt: skip
            Score.objects.bulk_create(
                Score(assignment=sheet, criterion=one, points=many, note="ชัด", changed_at=timezone.now())
                for one, many in zip(criteria, given, strict=True)
            )
    Contest.objects.filter(pk=contest.pk).update(judging_closed_at=AFTER)


def unit(number: int) -> Agency:
    return make_agency(f"unit-{number}", f"กรมที่ {number}")


def member(number: int, name: str = "คน") -> User:
    """Somebody of the department of that number."""
    agency = unit(number)
    return make_user(f"{name}{number}-{User.objects.count()}@unit.example", agency=agency, given=name, family=f"ที่ {number}")


def entries(organiser: User, contest: Contest, number: int) -> list[Entry]:
    """Admitted, each of a department of its own."""
    made = [make.make_entry(member(at, "เจ้าของ"), contest, title=f"มุมที่ {at}", unit=f"กลุ่มที่ {at}") for at in range(1, number + 1)]
    return [make.admitted(organiser, one) for one in made]
