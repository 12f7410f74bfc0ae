"""What the members of the demonstration's community share: there once, however often it is loaded."""

import pytest

from communities.commons.models import ActionItem, Announcement, Event, NamedChoice, Poll, SpaceDocument
from communities.models import Community
from kmportal.demo.actions.commons import share_things
from kmportal.demo.actions.people import make_agencies, make_communities, make_people
from kmportal.inbox.actions import mails_paused

pytestmark = pytest.mark.django_db


def test_a_community_shares_something_of_everything() -> None:
    make_agencies()
    make_people(say=lambda words: None)
    make_communities()
    said: list[str] = []
    with mails_paused():
        share_things(say=said.append)
        share_things(say=said.append)

    circle = Community.objects.get(slug="complaints-circle")
    counts = {
        model.__name__: model.objects.filter(community=circle).count()
        for model in (Announcement, Event, Poll, SpaceDocument, ActionItem)
    }
    assert counts == {"Announcement": 2, "Event": 2, "Poll": 1, "SpaceDocument": 1, "ActionItem": 3}
    assert (len(said), NamedChoice.objects.count(), Poll.objects.get().voters.count()) == (5, 0, 3)
    assert ActionItem.objects.filter(done_at=None, due__lt=max(ActionItem.objects.values_list("due", flat=True))).exists()
