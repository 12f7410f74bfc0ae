"""Days on which offices work: Monday to Friday in the site's time zone. Public holidays count as working days: nobody keeps a table."""

from datetime import datetime, timedelta

from django.utils import timezone

SATURDAY = 5


def working_days_before(moment: datetime, days: int) -> datetime:
    """The same time of day, that many working days earlier; of a weekend, counted from the Friday's end."""
    found = timezone.localtime(moment)
    if found.weekday() >= SATURDAY:
        found = (found - timedelta(days=found.weekday() - SATURDAY)).replace(hour=0, minute=0, second=0, microsecond=0)
    while days:
        found -= timedelta(days=1)
        days -= found.weekday() < SATURDAY
    return found
