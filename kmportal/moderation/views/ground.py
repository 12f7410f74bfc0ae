"""What the views of moderation share."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest

from kmportal.moderation.actions.ground import ModerationError
from kmportal.people.models import User


def member(request: HttpRequest) -> User:
    """The signed-in account; login_required stands before every caller."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def done(form: Form, field: str | None, verb: Callable[[], object]) -> bool:
    """Runs the verb where the form is whole; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        verb()
    except ModerationError as problem:
        form.add_error(field, str(problem.words))
        return False
    return True
