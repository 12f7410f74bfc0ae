"""The pages of a channel: read and written without script, by members alone."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from communities.talk import exported
from communities.talk.actions.changing import take_out
from communities.talk.actions.saying import Words, say
from communities.talk.actions.threads import open_thread
from communities.talk.models import Channel, Message, Place
from kmportal.people.models import User

pytestmark = pytest.mark.django_db


def said(actor: User, channel: Channel, words: str = "เล่าให้ฟัง", **more: Any) -> Message:
    return say(actor=actor, channel=channel.pk, words=Words(client_id=uuid4(), body=f"<p>{words}</p>", **more))


def test_a_member_reads_and_the_place_moves(channel: Channel, member: Client, cop_member: User) -> None:
    message = said(cop_member, channel)
    page = member.get(channel.get_absolute_url())
    assert page.status_code == 200
    assert "เล่าให้ฟัง" in page.content.decode()
    assert Place.objects.get(user=cop_member).read_seq == message.seq


def test_the_form_works_without_script(channel: Channel, member: Client) -> None:
    sent = {"body": "บรรทัดแรก\nhttps://example.go.th", "cid": str(uuid4())}
    answer = member.post(f"{channel.get_absolute_url()}say/", sent)
    message = Message.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{channel.get_absolute_url()}?before=2#m{message.pk}")
    assert "<br>" in message.body
    assert 'href="https://example.go.th"' in message.body
    again = member.post(f"{channel.get_absolute_url()}say/", sent)
    assert (again["Location"], Message.objects.count()) == (answer["Location"], 1)


def test_nothing_is_refused_with_words(channel: Channel, member: Client) -> None:
    answer = member.post(f"{channel.get_absolute_url()}say/", {"body": " ", "cid": str(uuid4())})
    assert (answer.status_code, Message.objects.count()) == (422, 0)


def test_a_page_costs_the_same_at_one_and_at_twenty_messages(
    channel: Channel, member: Client, cop_member: User, other_member: Client, colleague: User, queries: Any
) -> None:
    said(colleague, channel)
    few = queries(member, channel.get_absolute_url())
    for _number in range(19):
        said(colleague, channel)
    many = queries(member, channel.get_absolute_url())
    assert few == many <= 20


def test_the_export_holds_what_stands_in_the_channel_and_nothing_else(channel: Channel, member: Client, cop_member: User) -> None:
    said(cop_member, channel, "เรื่องที่เก็บ")
    gone = said(cop_member, channel, "เรื่องที่ลบ")
    take_out(actor=cop_member, message=gone)
    found = dict(exported.files(channel.community))
    whole = b"".join(found.values()).decode()
    assert {f"channel-{channel.pk}.json", f"channel-{channel.pk}.html"} <= set(found)
    assert ("เรื่องที่เก็บ" in whole, "เรื่องที่ลบ" in whole) == (True, False)


def test_lists_cost_the_same_for_one_and_for_twenty(channel: Channel, member: Client, cop_member: User, queries: Any) -> None:
    def fill(number: int) -> None:
        open_thread(actor=cop_member, channel=channel.pk, title=f"เรื่อง {number}")
        Message.objects.filter(pk=said(cop_member, channel).pk).update(pinned_at=timezone.now(), pinned_by=cop_member)

    pages = [f"{channel.get_absolute_url()}{page}/" for page in ("threads", "pinned")]
    fill(0)
    few = [queries(member, page) for page in pages]
    for number in range(1, 20):
        fill(number)
    assert [queries(member, page) for page in pages] == few
