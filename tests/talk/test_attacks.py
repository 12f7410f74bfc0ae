"""From outside the page: forged forms, guessed files, what hangs on words that are not shown."""

import io
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from communities.actions.exporting import ask_export
from communities.circles.actions import moving
from communities.models import Community, Export, Membership
from communities.talk.actions import changing
from communities.talk.models import Attachment, Channel, Message
from kmportal.people.models import User
from kmportal.pictures.models import Picture
from tests.make import circles as make
from tests.people.test_pictures import picture

pytestmark = pytest.mark.django_db


def _say(client: Client, channel: Channel, **more: Any) -> Any:
    return client.post(f"{channel.get_absolute_url()}say/", {"body": "<p>ก</p>", "cid": str(uuid4()), **more})


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_foreign_page_says_nothing_in_ones_name(channel: Channel, cop_member: User, accept: str) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"accept": accept, "origin": "https://evil.example"})
    browser.force_login(cop_member, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert _say(browser, channel).status_code == 403
    plain = browser.post(f"{channel.get_absolute_url()}say/", '{"body": "<p>x</p>"}', content_type="text/plain")
    assert (plain.status_code, Message.objects.count()) == (403, 0)


def test_what_hangs_on_words_that_are_held_or_gone_is_not_given_out(
    channel: Channel, member: Client, other_member: Client, cop_member: User, community_c: Community
) -> None:
    """Held back until the reveal, then shown, then deleted: picture and file go with their words."""
    make.member(community_c, cop_member, "facilitator")
    circle = make.open_circle(cop_member, channel, "jote")
    make.at_round(cop_member, circle, 1)
    drawn = picture("PNG")
    drawn.seek(0)
    files = [SimpleUploadedFile("a.png", drawn.read()), SimpleUploadedFile("../..\\x<b>.txt", "ข้อความ".encode())]
    answer = _say(member, channel, files=files, promise=f"circle {circle.rounds.get(number=1).pk}")
    message = Message.objects.get()
    assert (answer.status_code, message.is_shown) == (302, False)
    file, shown = Attachment.objects.get(), Picture.objects.get()
    places = [file.get_absolute_url(), f"/pictures/{shown.uuid}/small", f"/pictures/{shown.uuid}/large"]
    assert [other_member.get(place).status_code for place in places] == [404] * 3
    assert [member.get(place).status_code for place in places] == [200] * 3
    moving.reveal(actor=cop_member, circle=circle.pk, seen=1)
    assert [other_member.get(place).status_code for place in places] == [200] * 3
    changing.take_out(actor=cop_member, message=Message.objects.get())
    assert [one.get(place).status_code for one in (member, other_member) for place in places] == [404] * 6
    assert Client().get(f"/media/{shown.small.name}").status_code == Client().get(f"/media/{file.file.name}").status_code == 404


def test_names_in_the_export_lead_nowhere(
    channel: Channel, member: Client, cop_member: User, community_c: Community, django_capture_on_commit_callbacks: Any
) -> None:
    make.member(community_c, cop_member, Membership.Role.FACILITATOR)
    for name in ("../../etc/x.txt", "..\\..\\x.txt", "/root/x.txt", "con.txt", "=cmd|x.txt"):
        _say(member, channel, files=SimpleUploadedFile(name, f"ข้อความ {name}".encode()))
    with django_capture_on_commit_callbacks(execute=True):
        ask_export(actor=cop_member, community=community_c)
    stored = Export.objects.get()
    with storages["private"].open(str(stored.file.name)) as file, zipfile.ZipFile(io.BytesIO(file.read())) as whole:
        names = whole.namelist()
    assert len([name for name in names if name.startswith("talk/files/")]) == 5
    assert [name for name in names if name.startswith("/") or ".." in name or "\\" in name or not name.isprintable()] == []
    Membership.objects.filter(user=cop_member).update(role=Membership.Role.PRACTITIONER)
    assert member.get(f"/communities/{community_c.slug}/export/{stored.pk}/").status_code in {403, 404}
