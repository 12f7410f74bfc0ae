"""The chore of the task worker: entries close soon and a draft is not handed in. Told once to its owner."""

from datetime import timedelta

from kmportal.contest import clock
from kmportal.contest.kinds import CLOSES
from kmportal.contest.models import Entry
from kmportal.inbox.actions import tell

AHEAD = timedelta(days=3)
ROWS_A_ROUND = 200


def remind_of_deadline() -> None:
    """Three days before; the key of the notice lets it be told once for each deadline."""
    now = clock.now()
    waiting = Entry.objects.filter(
        state=Entry.State.DRAFT, contest__state="announced", contest__enter_until__gt=now, contest__enter_until__lte=now + AHEAD,
    )  # fmt: skip
    for entry in waiting.select_related("contest", "owner").order_by("pk")[:ROWS_A_ROUND]:
        until = entry.contest.enter_until
        if until is not None:
            tell(
                kind=CLOSES, recipients=[entry.owner], thing=entry, key=f"entry:{entry.pk}:closes:{until.isoformat()}",
                titles=(entry.title or str(entry.contest), ""), data={"until": until.isoformat(), "contest": str(entry.contest)},
            )  # fmt: skip
