"""What other apps' templates may show of points."""

from django import template
from django.template.context import Context

from kmportal.people.models import Person
from rewards.models import Account

register = template.Library()


@register.simple_tag(takes_context=True)
def reputation_of(context: Context, person: Person) -> int | None:
    """`{% reputation_of person as reputation %}`: for signed-in readers, of people who let it be seen. One query for account holders."""
    if person.user_id is None or not context["request"].user.is_authenticated:
        return None
    return Account.objects.filter(owner=person.user_id).shown_reputation().values_list("balance", flat=True).first()
