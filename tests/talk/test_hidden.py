"""A channel of a hidden community leaks at no address, in no search and to no reader of the index."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from communities.talk.models import Attachment, Channel, Message
from communities.talk.urls import of_channel, of_message, of_thread, urlpatterns
from kmportal.people.models import User
from kmportal.retrieval import actions as search
from kmportal.retrieval import engine, readers

pytestmark = pytest.mark.django_db
WORDS = "กระเบื้องลายนกแก้ว"


def addresses(message: Message, file: Attachment, thread: int) -> Iterator[str]:
    channel = message.channel
    place: dict[str, Any] = {"slug": channel.community.slug, "pk": channel.pk}
    for patterns, keys in (
        (urlpatterns, {"slug": place["slug"]}), (of_channel, place), (of_message, place | {"message": message.pk}),
        (of_thread, place | {"thread": thread}),
    ):  # fmt: skip
        for pattern in patterns:
            name = getattr(pattern, "name", None)
            if name == "file":
                yield reverse("talk:file", kwargs=place | {"uuid": file.uuid, "name": file.name})
            elif name:
                yield reverse(f"talk:{name}", kwargs=keys)


@pytest.fixture
def kept(channel: Channel, member: Client) -> Message:
    sent = {"body": WORDS, "cid": str(uuid4()), "files": SimpleUploadedFile("บันทึก.txt", "ข้อความในไฟล์".encode())}
    assert member.post(f"{channel.get_absolute_url()}say/", sent).status_code == 302
    return Message.objects.get()


def test_strangers_find_nothing_anywhere(
    channel: Channel, kept: Message, as_: Any, officer: User, coordinator: User, admin: User
) -> None:
    thread = kept.channel.threads.create(title="x", opened_at=kept.created_at, last_activity=kept.created_at)
    for stranger in (officer, coordinator, admin):
        client = as_(stranger)
        for address in addresses(kept, kept.files.get(), thread.pk):
            assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}, address
    for address in addresses(kept, kept.files.get(), thread.pk):
        assert Client().get(address).status_code in {302, 401, 405}, address
    assert (Message.objects.count(), Channel.objects.count()) == (1, Channel.objects.count())


def test_members_find_it_and_nobody_else(
    channel: Channel, kept: Message, member: Client, cop_member: User, officer: User, admin: User
) -> None:
    search.catch_up()
    assert [hit.object_id for hit in engine.find(WORDS, readers.of(cop_member), kinds=["message"]).hits] == [kept.pk]
    for stranger in (officer, admin):
        assert engine.find(WORDS, readers.of(stranger), kinds=["message"]).total == 0
    page = member.get(f"{channel.get_absolute_url()}search/", {"q": WORDS})
    assert "<mark>" in page.content.decode()
    kept.deleted_at = kept.created_at
    kept.save(update_fields=["deleted_at"])
    assert engine.find(WORDS, readers.of(cop_member), kinds=["message"]).total == 0


def test_a_file_goes_with_its_message(kept: Message, member: Client) -> None:
    address = kept.files.get().get_absolute_url()
    answer = member.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert answer["Content-Disposition"].startswith("attachment")
    Message.objects.update(deleted_at=kept.created_at)
    assert member.get(address).status_code == 404
