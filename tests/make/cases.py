"""Acts of staff for tests, declared for as long as a test runs."""

from kmportal.core import acts
from kmportal.core.acts import Act, Field

CONTENT, PEOPLE = "test.content", "test.people"


def declare_acts() -> None:
    acts.declare(Act(CONTENT, "looked after a post", Field.CONTENT))
    acts.declare(Act(PEOPLE, "gave a role", Field.PEOPLE))
