"""What the hub draws is what a page draws, whatever hangs on a message."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Membership
from communities.talk import drawn
from communities.talk.actions.changing import take_out
from communities.talk.actions.marking import react
from communities.talk.actions.saying import File, Words, say
from communities.talk.actions.threads import open_thread
from communities.talk.frames import _html
from communities.talk.models import Channel, Message, Reaction
from kmportal.people.models import User

pytestmark = pytest.mark.django_db


def put(actor: User, channel: Channel, **words: object) -> Message:
    return say(actor=actor, channel=channel.pk, words=Words(client_id=uuid4(), body="<p>เล่า</p>", **words))  # type: ignore[arg-type]  # as given


def test_it_reads_as_on_a_page(channel: Channel, cop_member: User, officer: User) -> None:
    Membership.objects.create(community=channel.community, user=officer)
    first = put(cop_member, channel, files=(File("a.txt", "0" * 64, b"a"),))
    react(actor=officer, message=first, kind=Reaction.Kind.THANKS, on=True)
    put(officer, channel, quote=first.pk)
    thread = open_thread(actor=officer, channel=channel.pk, title="กระทู้")
    put(officer, channel, thread=thread.pk)
    take_out(actor=officer, message=put(officer, channel))
    Message.objects.filter(pk=put(cop_member, channel).pk).update(author=None, anonymous=True)
    place, keys = (
        Channel.objects.select_related("community").get(pk=channel.pk),
        list(Message.objects.values_list("pk", flat=True)),
    )

    found = drawn.messages(place, keys)

    paged = {message.pk: message for message in Message.objects.whole()}
    assert sorted(found) == sorted(keys)
    with CaptureQueriesContext(connection) as more:
        htmls = {key: _html(message, "th") for key, message in found.items()}
    assert [query["sql"][:300] for query in more] == []
    assert htmls == {key: _html(message, "th") for key, message in paged.items()}


def test_of_a_plain_message_little_is_asked(channel: Channel, cop_member: User) -> None:
    keys = [put(cop_member, channel).pk for _ in range(3)]
    place = Channel.objects.select_related("community").get(pk=channel.pk)
    for some in (keys[:1], keys):
        with CaptureQueriesContext(connection) as asked:
            drawn.messages(place, some)
        assert len(asked) == 3
