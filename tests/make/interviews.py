"""Interviews for tests, arranged, answered and approved through the verbs."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.utils import timezone

from communities.interviews.actions import answering, arranging, handing, links, recording, sending
from communities.interviews.actions.ground import Hand, digest_of, worker
from communities.interviews.models import Interview, Recording
from communities.models import Community
from kmportal.people.models import User

QUESTIONS = (("คืนนั้นเห็นอะไรก่อน", "What did you see first?", "cues"), ("ทำอะไร เพราะอะไร", "What did you do, and why?", "why"))
WAV = (
    b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x80\x3e\x00\x00\x02\x00\x10\x00data\x00\x08\x00\x00"
    + b"\x00" * 2048
)


def make_interview(asker: User, community: Community, **plan: Any) -> Interview:
    """With two questions; of somebody without an account unless `expert` is given."""
    plan = {"title": "คืนที่น้ำมา", "name": "นายสมัย เกษียณ", "email": "samai@example.go.th", **plan}
    made = arranging.arrange(actor=asker, community=community, plan=arranging.Plan(**plan))
    asked = [arranging.Asked(*words) for words in QUESTIONS]
    arranging.write_questions(actor=worker(user=asker, interview=made.pk), questions=asked)
    return made


def sent(asker: User, interview: Interview) -> Hand:
    """Sent; gives the hand of whoever opens the link of the mail."""
    sending.send(actor=worker(user=asker, interview=interview.pk))
    return by_link(interview)


def by_link(interview: Interview) -> Hand:
    return links.by_link(secret=links.new_link(interview=interview, at=timezone.now()), now=timezone.now())[1]


def answered(hand: Hand, words: str = "ระดับน้ำนิ่งผิดปกติ", number: int = 1) -> None:
    question = Interview.objects.get(pk=hand.interview).questions.get(position=number)
    answering.save_answer(actor=hand, number=number, answer=words, revision=question.revision)


def approved(asker: User, community: Community, words: str = "ระดับน้ำนิ่งผิดปกติ", **plan: Any) -> Interview:
    made = make_interview(asker, community, **plan)
    hand = sent(asker, made)
    answered(hand, words)
    return handing.approve(actor=hand, read=digest_of(made))


def sound(name: str = "talk.wav", data: bytes = WAV) -> "SimpleUploadedFile":
    return SimpleUploadedFile(name, data)


def recorded(asker: User, interview: Interview) -> Recording:
    return recording.add_recording(actor=worker(user=asker, interview=interview.pk), upload=sound(), title="เล่าริมเขื่อน")


def secret_of(mail: EmailMessage) -> str:
    found = re.search(r"/interview/([\w-]{43})/", str(mail.body))
    assert found, mail.body
    return found[1]
