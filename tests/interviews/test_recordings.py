"""Recordings: only sound is kept, whoever may read may hear, parts are sent as players ask for them."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from communities.interviews.actions import handing, links, recording
from communities.interviews.actions.ground import Hand, digest_of, worker
from communities.interviews.audio import RefusedAudio, sniffed
from communities.interviews.models import Interview, Note, Recording
from kmportal.people.models import User
from tests.make.interviews import WAV, recorded, sent, sound

pytestmark = pytest.mark.django_db
HOSTILE = {
    "page.mp3": b"<!doctype html><script>alert(1)</script>" + b" " * 400,
    "draw.ogg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>" + b" " * 400,
    "pack.m4a": b"PK\x03\x04" + b"\x00" * 400,
    "run.wav": b"MZ" + b"\x00" * 400,
    "half.wav": WAV[:60],
    "riff.wav": b"RIFF\x24\x08\x00\x00AVI LIST" + b"\x00" * 400,
    "film.m4a": b"\x00\x00\x00\x20ftypqt  " + b"\x00" * 400,
    "clip.webm": b"\x1a\x45\xdf\xa3" + b"matroska" + b"\x00" * 400,
    "none.mp3": b"\xff\xff\xff\xff" + b"\x00" * 400,
    "video.ogg": b"OggS\x00\x02" + b"\x00" * 20 + b"\x80theora" + b"\x00" * 400,
}


@pytest.fixture
def hand(asker: User, interview: Interview) -> Hand:
    return worker(user=asker, interview=interview.pk)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_sound_is_refused_whatever_its_name(name: str, hand: Hand) -> None:
    with pytest.raises(RefusedAudio):
        recording.add_recording(actor=hand, upload=sound(name, HOSTILE[name]), title="")
    assert not Recording.objects.exists()


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (WAV[:60], "wav"),
        (b"ID3\x04\x00\x00\x00\x00\x02\x01" + b"\x00" * 60, "mp3"),
        (b"\xff\xfb\x90\x64" + b"\x00" * 60, "mp3"),
        (b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00", "m4a"),
        (b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead", "ogg"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "webm"),
    ],
)
def test_kinds_by_their_first_bytes(first: bytes, kind: str) -> None:
    assert sniffed(first) == kind


def test_too_large_twice_and_by_whom(hand: Hand, asker: User, interview: Interview, settings: Any) -> None:
    recorded(asker, interview)
    with pytest.raises(recording.SameRecording):
        recorded(asker, interview)
    with pytest.raises(PermissionDenied):
        recording.add_recording(actor=sent(asker, interview), upload=sound("b.wav", WAV + b"b"), title="")
    settings.AUDIO_MAX_UPLOAD_SIZE = 1024
    with pytest.raises(RefusedAudio):
        recording.add_recording(actor=hand, upload=sound("c.wav", WAV + b"c"), title="")
    assert Recording.objects.count() == 1


def test_notes_at_their_seconds(hand: Hand, asker: User, interview: Interview) -> None:
    heard = recorded(asker, interview)
    before = digest_of(interview)
    late = recording.write_note(actor=hand, recording=heard.pk, at=3725, text="ปิดบาน", field="why")
    recording.write_note(actor=hand, recording=heard.pk, at=5, text="เริ่ม", field="nonsense")
    assert digest_of(interview) != before
    assert [(one.clock, one.field) for one in heard.notes.all()] == [("0:05", ""), ("1:02:05", "why")]
    for at, text, error in (
        (-1, "x", recording.NoSuchSecond),
        (86400, "x", recording.NoSuchSecond),
        (1, " ", recording.NothingNoted),
    ):
        with pytest.raises(error):
            recording.write_note(actor=hand, recording=heard.pk, at=at, text=text)
    expert = sent(asker, interview)
    recording.write_note(actor=expert, recording=heard.pk, at=3725, text="ปิดบานครึ่งเดียว", note=late.pk)
    late.refresh_from_db()
    assert (late.text, late.by_expert, late.typed_by) == ("ปิดบานครึ่งเดียว", True, None)
    recording.remove_note(actor=expert, note=late.pk)
    with pytest.raises(Note.DoesNotExist):
        recording.remove_note(actor=expert, note=late.pk)


def test_the_sound_is_sent_in_parts_to_its_readers_alone(asker: User, cop_member: User, interview: Interview, as_: Any) -> None:
    heard = recorded(asker, interview)
    address = f"{interview.get_absolute_url()}recordings/{heard.pk}/sound/"
    whole = as_(asker).get(address)
    assert (whole.status_code, b"".join(whole.streaming_content), whole["Content-Type"]) == (200, WAV, "audio/wav")
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert whole["Content-Disposition"] == f'inline; filename="recording-{heard.pk}.wav"'
    size = len(WAV)
    for asked, status, first, last in (
        ("bytes=0-3", 206, 0, 3), ("bytes=10-", 206, 10, size - 1), ("bytes=-5", 206, size - 5, size - 1),
        ("bytes=4-999999", 206, 4, size - 1), ("bytes=0-1,4-5", 200, 0, size - 1), ("lines=1-2", 200, 0, size - 1),
    ):  # fmt: skip
        part = as_(asker).get(address, headers={"range": asked, "accept-encoding": "gzip"})
        assert (part.status_code, b"".join(part.streaming_content)) == (status, WAV[first : last + 1]), asked
        assert part["Content-Length"] == str(last - first + 1)
        assert part.get("Content-Range", "") == (f"bytes {first}-{last}/{size}" if status == 206 else "")
    for asked in (f"bytes={size}-", "bytes=9-3", "bytes=-0"):
        answer = as_(asker).get(address, headers={"range": asked})
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{size}")
    assert as_(cop_member).get(address).status_code == 404
    secret = links.new_link(interview=interview, at=timezone.now())
    assert Client().get(f"/interview/{secret}/recordings/{heard.pk}/sound/").status_code == 200
    handing.approve(actor=links.by_link(secret=secret, now=timezone.now())[1], read=digest_of(interview))
    assert as_(cop_member).get(address).status_code == 200


def test_only_the_page_of_a_recording_plays(asker: User, interview: Interview, as_: Any) -> None:
    heard = recorded(asker, interview)
    page = as_(asker).get(f"{interview.get_absolute_url()}recordings/{heard.pk}/")
    assert page["Content-Security-Policy"].endswith("; media-src 'self'")
    assert "media-src" not in as_(asker).get(interview.get_absolute_url())["Content-Security-Policy"]


def test_uploaded_and_noted_by_forms(asker: User, interview: Interview, as_: Any) -> None:
    client, start = as_(asker), f"{interview.get_absolute_url()}recordings/"
    refused = client.post(start, {"file": sound("x.mp3", HOSTILE["page.mp3"])})
    assert (refused.status_code, Recording.objects.count()) == (422, 0)
    address = client.post(start, {"file": sound()}).url
    heard = Recording.objects.get()
    assert address == f"{start}{heard.pk}/"
    assert client.post(address, {"at": "๑:๐๕", "text": "ตรงนี้"}).url == f"{address}#t=65"
    assert client.post(address, {"at": "1:75", "text": "ตรงนี้"}).status_code == 422
    note = heard.notes.get()
    assert f"sound/#t={note.at}" in client.get(address).content.decode()
    assert client.get(f"{interview.get_absolute_url()}notes/{note.pk}/remove/").status_code == 302
    client.post(f"{interview.get_absolute_url()}notes/{note.pk}/remove/")
    assert not heard.notes.exists()
    assert client.get(f"{address}remove/").status_code == 200
    client.post(f"{address}remove/")
    assert not Recording.objects.exists()
