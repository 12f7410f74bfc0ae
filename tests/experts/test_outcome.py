"""What came of a consultation: written, confirmed, a lesson draft with credit; nothing published without the doctor's word."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from communities.experts.actions import outcomes
from communities.experts.actions.outcomes import Words
from communities.experts.fields import digest_of, newest
from communities.experts.models import Outcome
from kmportal.inbox.models import Notice
from kmportal.library.actions import review
from kmportal.library.models import LessonPage
from tests.make import experts as make

pytestmark = pytest.mark.django_db
SENT = {
    "title": "ลดรอบเวลาอนุมัติ", "context": "งานค้างสามสัปดาห์", "advice": "แยกเรื่องเล็กออก\n\nลองหนึ่งเดือน",
    "lesson": "เมื่อคิวยาว ให้แยกเรื่องเล็ก เพราะใช้เวลาไม่เท่ากัน", "reach": "network", "fails_when": "",
}  # fmt: skip


@pytest.fixture
def it(officer: Any, outsider: Any, reviewer: Any) -> Any:
    make.offer(officer, reviewer)
    return make.done(outsider, officer, need="ความลับของคำขอ")


def confirmed(it: Any) -> Outcome:
    made = outcomes.write(actor=it.asker, consultation=it, words=Words(**SENT))
    return outcomes.confirm(actor=it.doctor, outcome=made, read=made.words_digest)


def test_written_sent_back_confirmed(it: Any, as_: Any) -> None:
    asker, doctor = as_(it.asker), as_(it.doctor)
    address = f"/consultations/{it.pk}/outcome/"
    assert doctor.get(address).status_code == 403
    for wrong in ({"title": ""}, {"lesson": ""}, {"reach": "community"}):
        assert asker.post(address, SENT | wrong).status_code == 422
    assert not Outcome.objects.exists()
    assert asker.post(address, SENT).status_code == 302
    assert asker.post(address, SENT).status_code == 302
    made = Outcome.objects.get()
    assert Notice.objects.filter(recipient=it.doctor, kind="experts.outcome").count() == 1
    confirm = f"/consultations/{it.pk}/confirm/"
    read = {"read": made.words_digest}
    assert asker.post(confirm, {"answer": "confirm", **read}).status_code == 403
    assert doctor.post(confirm, {"answer": "confirm"}).status_code == 404
    doctor.post(confirm, {"answer": "confirm", "read": "0" * 64})
    doctor.post(confirm, {"answer": "send_back", **read})
    assert make.fresh(made).state == "written"
    doctor.post(confirm, {"answer": "send_back", "says": "ไม่ต้องบอกชื่อกอง", **read})
    assert make.fresh(made).state == "returned"
    with pytest.raises(outcomes.NotConfirmed):
        outcomes.draft_lesson(actor=it.asker, outcome=made)
    assert asker.post(address, SENT | {"context": "งานค้าง"}).status_code == 302
    doctor.post(confirm, {"answer": "confirm", "read": make.fresh(made).words_digest})
    assert make.fresh(made).state == "confirmed"
    asker.post(address, SENT | {"reach": "public"})
    assert (make.fresh(made).state, make.fresh(made).digest) == ("written", "")


def test_a_lesson_draft_with_credit(it: Any, coordinator: Any, as_: Any) -> None:
    made = confirmed(it)
    assert as_(it.asker).post(f"/consultations/{it.pk}/draft/").status_code == 302
    as_(it.doctor).post(f"/consultations/{it.pk}/draft/")
    lesson = LessonPage.objects.get()
    written = newest(lesson)
    assert (lesson.live, written.visibility, written.lesson) == (False, "network", SENT["lesson"])
    assert [(credit.person.user_id, credit.part) for credit in written.credits.all()] == [
        (it.doctor_id, "teller"),
        (it.asker_id, "note_taker"),
    ]
    assert "ความลับ" not in str(written.to_json())
    assert make.fresh(made).lesson_digest == digest_of(written)
    assert Notice.objects.filter(recipient=coordinator, kind="experts.lesson_waits").count() == 1
    with pytest.raises(outcomes.DraftedAlready):
        outcomes.write(actor=it.asker, consultation=it, words=Words(**SENT))


def test_the_gate_waits_for_the_very_text(it: Any, coordinator: Any, outsider: Any, as_: Any) -> None:
    made = confirmed(it)
    lesson = outcomes.draft_lesson(actor=it.asker, outcome=made)
    text = newest(lesson)
    text.lesson = "เขียนใหม่โดยผู้ประสานงาน"
    text.save_revision(user=coordinator)
    with pytest.raises(review.Waits):
        review.hand_in(actor=coordinator, page=lesson)
    page = as_(it.doctor).get(f"/consultations/{it.pk}/lesson/").content.decode()
    assert "เขียนใหม่โดยผู้ประสานงาน" in page
    read = digest_of(newest(lesson))
    with pytest.raises(PermissionDenied):
        outcomes.confirm_lesson(actor=outsider, outcome=made, read=read)
    with pytest.raises(outcomes.ChangedSince):
        outcomes.confirm_lesson(actor=it.doctor, outcome=made, read="0" * 64)
    as_(it.doctor).post(f"/consultations/{it.pk}/confirm/", {"answer": "confirm_lesson", "read": read})
    review.hand_in(actor=coordinator, page=lesson)
    assert LessonPage.objects.get().workflow_in_progress


def test_only_after_it_took_place(officer: Any, outsider: Any, reviewer: Any, as_: Any) -> None:
    make.offer(officer, reviewer)
    it = make.request(outsider, officer)
    with pytest.raises(outcomes.NotDone):
        outcomes.write(actor=outsider, consultation=it, words=Words(**SENT))
    assert as_(outsider).get(f"/consultations/{it.pk}/outcome/").status_code == 403
    assert as_(outsider).get(f"/consultations/{it.pk}/lesson/").status_code == 404
