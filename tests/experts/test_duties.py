"""Duties, deputies and absences: the kit for two, the names for the circle that was chosen."""

from typing import Any

import pytest

from communities.experts.actions import duties as verbs
from communities.experts.models import Absence, Duty
from kmportal.inbox.models import Notice
from tests.make import experts as make

pytestmark = pytest.mark.django_db
SECRET = "คานารีในชุดส่งมอบ"


def duty(owner: Any, deputy: Any = None, name: str = "รายงานไตรมาส") -> Duty:
    return verbs.save_duty(actor=owner, name=name, parts={"steps": SECRET}, deputy=deputy)


def away(owner: Any, circle: str = "agency", **days: Any) -> Absence:
    return verbs.be_away(actor=owner, circle=circle, note="ถามก่อนได้", **{"starts": make.today(), "ends": make.today(3), **days})


def test_a_duty_and_its_deputy(officer: Any, colleague: Any, outsider: Any, as_: Any) -> None:
    client = as_(officer)
    sent = {"name": "รายงานไตรมาส", "steps": SECRET, "deputy": colleague.email}
    for wrong in ({"name": ""}, {"deputy": "nobody@agency-a.example"}, {"deputy": officer.email}):
        assert client.post("/me/duties/new/", sent | wrong).status_code == 422
    assert not Duty.objects.exists()
    assert client.post("/me/duties/new/", sent).status_code == 302
    assert client.post("/me/duties/new/", sent).status_code == 422
    made = Duty.objects.get()
    page = f"/duties/{made.pk}/"
    assert Notice.objects.filter(recipient=colleague, kind="experts.deputy_asked").count() == 1
    assert "ยังไม่มีผู้ทำแทน 1 งาน" in client.get("/me/duties/").content.decode()
    assert SECRET in as_(colleague).get(page).content.decode()
    assert [as_(one).get(page).status_code for one in (outsider, None)] == [404, 302]
    assert as_(outsider).post(f"{page}answer/", {"answer": "yes"}).status_code == 404
    assert client.post(f"{page}answer/", {"answer": "yes"}).status_code == 403
    assert as_(colleague).post(f"{page}answer/", {"answer": "maybe"}).status_code == 404
    for _twice in range(2):
        assert as_(colleague).post(f"{page}answer/", {"answer": "yes"}).status_code == 302
    assert (make.fresh(made).has_deputy, Notice.objects.filter(recipient=officer).count()) == (True, 1)
    assert SECRET in client.get("/me/duties/kit/").content.decode()
    assert as_(colleague).get(f"{page}edit/").status_code == as_(colleague).post(f"{page}remove/").status_code == 404
    assert as_(colleague).post(f"{page}answer/", {"answer": "no"}).status_code == 302
    assert as_(colleague).get(page).status_code == 404


def test_another_deputy(officer: Any, colleague: Any, outsider: Any, as_: Any) -> None:
    made = duty(officer, colleague)
    verbs.answer_deputy(actor=colleague, duty=made, stands=True)
    changed = verbs.save_duty(actor=officer, name="รายงานไตรมาส", parts={"steps": "ใหม่"}, deputy=outsider, duty=made)
    assert (changed.stands, changed.deputy_id) == ("asked", outsider.pk)
    assert as_(colleague).get(f"/duties/{made.pk}/").status_code == 404
    with pytest.raises(Duty.DoesNotExist):
        verbs.answer_deputy(actor=colleague, duty=made, stands=True)
    with pytest.raises(Duty.DoesNotExist):
        verbs.save_duty(actor=colleague, name="ของผู้อื่น", parts={}, deputy=None, duty=made)
    verbs.remove_duty(actor=officer, duty=made)
    assert not Notice.objects.filter(recipient=outsider, kind="experts.deputy_asked").exists()


def test_while_away_the_chosen_circle_sees_names_alone(
    officer: Any, colleague: Any, agency_coordinator: Any, outsider: Any, coordinator: Any, as_: Any
) -> None:
    made = duty(officer, colleague)
    duty(officer, outsider, "งานที่ยังไม่มีคนรับ")
    page = f"/people/{officer.person.handle}/"
    verbs.answer_deputy(actor=colleague, duty=made, stands=True)
    assert "รายงานไตรมาส" not in as_(agency_coordinator).get(page).content.decode()
    away(officer)
    seen = as_(agency_coordinator).get(page).content.decode()
    assert ("รายงานไตรมาส" in seen, "วีระ ร่วมงาน" in seen, "งานที่ยังไม่มีคนรับ" in seen, SECRET in seen) == (True, True, False, False)
    for stranger in (outsider, coordinator):
        assert "รายงานไตรมาส" not in as_(stranger).get(page).content.decode()
    away(officer, "network")
    assert "รายงานไตรมาส" in as_(outsider).get(page).content.decode()
    assert Absence.objects.count() == 1
    assert Notice.objects.filter(recipient=colleague, kind="experts.deputy_away").count() == 1
    verbs.be_back(actor=officer, absence=Absence.objects.get())
    assert "รายงานไตรมาส" not in as_(outsider).get(page).content.decode()


def test_days_that_make_no_sense(officer: Any, outsider: Any, as_: Any) -> None:
    wrong: tuple[dict[str, Any], ...] = ({"ends": make.today(-1)}, {"starts": make.today(9)}, {"ends": make.today(1000)})
    for days in wrong:
        with pytest.raises(verbs.NotThatTime):
            away(officer, **days)
    sent = {"starts": "1/1/2560", "ends": "x", "circle": "agency"}
    assert as_(officer).post("/me/duties/", sent).status_code == 422
    assert not Absence.objects.exists()
    made = away(officer)
    assert as_(outsider).post(f"/me/away/{made.pk}/remove/").status_code == 404
    assert as_(officer).post(f"/me/away/{made.pk}/remove/").status_code == 302
    assert as_(officer).post(f"/me/away/{made.pk}/remove/").status_code == 404


def test_the_list_costs_the_same(officer: Any, colleague: Any, as_: Any, queries: Any) -> None:
    duty(officer, colleague, "งาน 0")
    client = as_(officer)
    pages = ("/me/duties/", "/me/duties/kit/")
    first = [queries(client, page) for page in pages]
    for number in range(1, 20):
        duty(officer, colleague, f"งาน {number}")
    assert [queries(client, page) for page in pages] == first
