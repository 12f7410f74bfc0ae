"""Offers of consultations and the superior's word: for the very terms, until a day, by a link whose secret is kept nowhere."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from communities.experts.actions import agreeing, offering, reminding
from communities.experts.models import Offer
from kmportal.inbox.models import Notice
from kmportal.people.models import User
from tests.make import experts as make

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/agreements/([\w-]{43})/")


def open_to(user: Any) -> list[int]:
    return list(Offer.objects.open_to(user, make.today()).values_list("doctor", flat=True))


def linked(offer: Offer) -> str:
    """The secret of a link, as its mail has it."""
    return agreeing.new_link(offer=offer, at=timezone.now())


def test_nothing_is_offered_before_the_superior_agrees(
    officer: Any, colleague: Any, reviewer: Any, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = make.offer(officer, reviewer, agreed=False)
    (letter,) = mail.outbox
    secret = LINK.search(str(letter.body))[1]  # type: ignore[index]  # asserted by the next lines
    assert letter.to == [reviewer.email]
    assert secret not in "".join(map(str, Offer.objects.values_list()))
    assert Notice.objects.filter(recipient=reviewer, kind="experts.agree_asked").count() == 1
    assert open_to(colleague) == []
    assert as_(colleague).get(f"/people/{officer.person.handle}/consult/").status_code == 404

    client = as_(None)
    page = client.get(f"/agreements/{secret}/").content.decode()
    assert "ลดขั้นตอนงาน" in page
    sent = {"answer": "agree", "read": made.terms, "until": make.today(30).isoformat(), "says": "ยินดี"}
    assert client.post(f"/agreements/{secret}/", sent).status_code == 302
    assert open_to(colleague) == [officer.pk]
    assert make.fresh(made).agreed_until == make.today(30)
    assert Notice.objects.filter(recipient=officer, kind="experts.agreement").count() == 1
    assert client.post(f"/agreements/{secret}/", {"answer": "withdraw", "read": made.terms}).status_code == 302
    assert open_to(colleague) == []


def test_links_that_do_not_hold(officer: Any, outsider: Any, reviewer: Any, as_: Any) -> None:
    made = make.offer(officer, reviewer, agreed=False)
    old = linked(made)
    new = linked(made)
    assert as_(None).get(f"/agreements/{old}/").status_code == 404
    assert as_(None).get(f"/agreements/{'x' * 43}/").status_code == 404
    assert as_(None).get(f"/agreements/{new}/").status_code == 200
    Offer.objects.update(asked_at=timezone.now() - timedelta(days=61))
    assert as_(None).get(f"/agreements/{new}/").status_code == 404
    assert as_(reviewer).get(f"/agreements/{made.pk}/").status_code == 200
    assert [as_(one).get(f"/agreements/{made.pk}/").status_code for one in (officer, outsider, None)] == [403, 404, 302]


def test_other_terms_need_the_word_anew(officer: Any, colleague: Any, reviewer: Any) -> None:
    made = make.offer(officer, reviewer)
    make.offer(officer, reviewer, agreed=False, helps_with="เรื่องอื่น")
    assert (make.fresh(made).state, make.fresh(made).helps_with) == ("agreed", "เรื่องอื่น")
    read = make.fresh(made).terms
    for change in ({"hours": 8}, {"times": "ทุกวัน"}, {"circle": "agency"}, {"per": "week"}):
        changed = make.offer(officer, reviewer, agreed=False, **change)
        assert (changed.state, changed.agreed_until, open_to(colleague)) == ("asked", None, [])
        with pytest.raises(agreeing.ChangedSince):
            agreeing.agree(offer=changed, read=read, until=make.today(9))
        make.offer(officer, reviewer)
    assert open_to(colleague) == [officer.pk]


def test_who_can_agree(officer: Any, outsider: Any, colleague: Any) -> None:
    with pytest.raises(offering.NotYourself):
        make.offer(officer, officer.email.upper(), agreed=False)
    with pytest.raises(offering.StrangeAddress):
        make.offer(officer, "boss@gmail.example", agreed=False)
    User.objects.filter(pk=outsider.pk).update(agency=None)
    with pytest.raises(offering.NoAgency):
        make.offer(make.fresh(outsider), colleague, agreed=False)
    for wrong in ({"hours": 0}, {"hours": 99}, {"circle": "all"}, {"per": "day"}):
        with pytest.raises(ValueError):
            make.offer(officer, colleague, agreed=False, **wrong)
    assert not Offer.objects.exists()


def test_ends(officer: Any, colleague: Any, outsider: Any, reviewer: Any) -> None:
    made = make.offer(officer, reviewer)
    for until in (make.today(-1), make.today(5 * 366)):
        with pytest.raises(agreeing.NotThatEnd):
            agreeing.agree(offer=made, read=made.terms, until=until)
    offering.pause(actor=officer, paused=True)
    assert open_to(colleague) == []
    offering.pause(actor=officer, paused=False)
    Offer.objects.update(agreed_until=make.today(-1))
    assert open_to(colleague) == []
    Offer.objects.update(agreed_until=make.today(5))
    reminding.remind_of_endings()
    reminding.remind_of_endings()
    assert Notice.objects.filter(recipient=officer, kind="experts.agreement_ends").count() == 1
    User.objects.filter(pk=officer.pk).update(agency=outsider.agency)
    assert open_to(colleague) == []
    User.objects.filter(pk=officer.pk).update(agency=officer.agency)
    assert open_to(colleague) == [officer.pk]
    offering.stop_offering(actor=officer)
    assert open_to(colleague) == []
    with pytest.raises(offering.NothingOffered):
        offering.ask_again(actor=officer)


def test_own_agency_is_the_department(officer: Any, colleague: Any, outsider: Any, reviewer: Any) -> None:
    """A group's doctor helps the whole department, and nobody of another."""
    make.offer(colleague, reviewer, circle="agency")
    assert (open_to(officer), open_to(outsider), open_to(colleague)) == ([colleague.pk], [], [])


def test_declining_needs_words(officer: Any, reviewer: Any, as_: Any) -> None:
    made = make.offer(officer, reviewer, agreed=False)
    client = as_(reviewer)
    address = f"/agreements/{made.pk}/"
    for wrong in (
        {"answer": "decline"}, {"answer": "agree"}, {"answer": "other"}, {"answer": "withdraw"}, {"answer": "agree", "until": "วันหน้า"}
    ):  # fmt: skip
        assert client.post(address, {"read": made.terms, **wrong}).status_code == 422
    assert client.post(address, {"answer": "decline", "says": "งานล้นมือ", "read": "zz"}).status_code == 422
    assert make.fresh(made).state == "asked"
    assert client.post(address, {"answer": "decline", "says": "งานล้นมือ", "read": made.terms}).status_code == 302
    assert "งานล้นมือ" in as_(officer).get("/me/offer/").content.decode()


def test_my_offer_as_a_page(officer: Any, reviewer: Any, as_: Any) -> None:
    client = as_(officer)
    sent = {"helps_with": "ลดขั้นตอน", **make.TERMS, "superior_email": reviewer.email}
    assert client.post("/me/offer/", sent | {"hours": "x"}).status_code == 422
    assert client.post("/me/offer/", sent | {"superior_email": officer.email}).status_code == 422
    assert not Offer.objects.exists()
    assert client.post("/me/offer/", sent).status_code == 302
    assert client.post("/me/offer/", sent).status_code == 302
    assert Notice.objects.filter(recipient=reviewer).count() == 1
    for verb in ("again", "pause", "resume", "stop"):
        assert client.post(f"/me/offer/{verb}/").status_code == 302
    assert (client.post("/me/offer/other/").status_code, client.get("/me/offer/stop/").status_code) == (404, 405)
    assert Offer.objects.get().state == "ended"
    assert reviewer.email not in client.get("/me/offer/").content.decode()
