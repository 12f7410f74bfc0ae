"""What staff do to accounts, as it stands in the book of staff acts. Declared by PeopleConfig.ready."""

from django.utils.translation import pgettext_lazy

from kmportal.core.acts import Act, Field, declare

ROLE_GIVEN, ROLE_TAKEN, PLACED = "people.role_given", "people.role_taken", "people.placed"
SWITCHED_OFF, SWITCHED_ON, INVITED = "people.switched_off", "people.switched_on", "people.invited"


def declare_acts() -> None:
    for code, label in (
        (ROLE_GIVEN, pgettext_lazy("act of staff", "Gave a role")),
        (ROLE_TAKEN, pgettext_lazy("act of staff", "Took a role away")),
        (PLACED, pgettext_lazy("act of staff", "Set the agency of an account")),
        (SWITCHED_OFF, pgettext_lazy("act of staff", "Switched an account off")),
        (SWITCHED_ON, pgettext_lazy("act of staff", "Switched an account on")),
        (INVITED, pgettext_lazy("act of staff", "Invited somebody")),
    ):
        declare(Act(code, label, Field.PEOPLE))
