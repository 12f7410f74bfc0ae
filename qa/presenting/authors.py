"""Who stands behind a post, as far as its reader may know: a name, a mask, or nobody any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext, pgettext

from kmportal.people.models import Person, User
from qa.models.posts import Post


@dataclass(frozen=True)
class Author:
    """A name in a line.

    Args:
        is_hidden: other members see a mask here; this reader is the author or a moderator.
        is_me: the reader wrote it.
    """

    name: str
    url: str = ""
    agency: Any = None
    seed: str = ""
    photo: str = ""
    is_masked: bool = False
    is_hidden: bool = False
    is_me: bool = False


class Authors:
    """The authors of some posts; one query for all of them.

    Posts carry `shown_author`, the key as this reader may know it: no name comes from anywhere else.
    """

    def __init__(self, reader: Any, posts: Iterable[Any]) -> None:
        self._reader = reader
        keys = {post.shown_author for post in posts} - {None}
        shown = Exists(Person.objects.visible_to(reader).filter(user=OuterRef("pk")))
        people = User.objects.select_related("agency", "person").annotate(is_shown=shown)
        self._users: dict[int, Any] = people.in_bulk(keys) if keys else {}

    def of(self, post: Any) -> Author:
        key = post.shown_author
        user = self._users.get(key)
        if user is None:
            return _nobody(post)
        known, agency = getattr(user, "person", None), user.agency
        person = known if user.is_shown else None
        if person is None and not self._reader.is_authenticated:
            # Account holders are shown to members alone, unless they chose otherwise.
            return Author(gettext("A member of the network"), agency=agency, seed=f"post {post.pk}")
        return Author(
            str(known) if known else user.get_full_name() or gettext("A member of the network"),
            url=person.get_absolute_url() if person else "", agency=agency, seed=str(key), photo=person.photo if person else "",
            is_hidden=post.anonymous, is_me=key == self._reader.pk,
        )  # fmt: skip


def _nobody(post: Post) -> Author:
    if post.anonymous:
        return Author(pgettext("author", "The asker, without a name"), is_masked=True)
    return Author(gettext("A former member"), seed="nobody")
