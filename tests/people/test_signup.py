"""Sign-up: who may, that nothing tells who has an account, and what the first sign-in gives."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.core.cache import cache
from django.test import Client

from kmportal.people.actions import AgencyDetails, complete_signup, save_agency, save_domain
from kmportal.people.domains import agency_of_address, may_sign_up
from kmportal.people.models import Agency, Person, User

SIGNUP = "/accounts/signup/"
PASSWORD = "ช้างสามตัว-7-elephants"


@pytest.fixture
def listed(coordinator: User, agency_a: Agency) -> Agency:
    save_domain(actor=coordinator, domain="first.go.th", agency=agency_a)
    return agency_a


def form(email: str, **changes: str) -> dict[str, str]:
    return {"first_name": "ดวงใจ", "last_name": "มั่นคง", "email": email, "password1": PASSWORD, "password2": PASSWORD, **changes}


def link(message: Any) -> str:
    found = re.search(r"http://testserver(/\S+)", message.body)
    assert found is not None
    return found[1]


def test_sign_up_confirm_and_first_sign_in(client: Client, listed: Agency) -> None:
    response = client.post(SIGNUP, form("Duangjai@First.go.th"))
    assert (response.status_code, response["Location"]) == (302, "/accounts/confirm-email/")
    account = User.objects.get(email="duangjai@first.go.th")
    assert (account.agency, account.language, account.role_names) == (None, "th", frozenset())
    assert not Person.objects.filter(user=account).exists()  # a name that nobody proved is not shown
    assert client.get("/me/").status_code == 302
    assert [message.to for message in mail.outbox] == [["duangjai@first.go.th"]]
    address = link(mail.outbox[0])
    asked = client.get(address)
    assert (asked.status_code, asked["Referrer-Policy"]) == (200, "same-origin")
    assert "no-referrer" not in asked.content.decode()  # browsers would post the form with "Origin: null", which is refused
    assert not EmailAddress.objects.get(user=account).verified  # opening the link alone changes nothing
    client.post(address)
    assert EmailAddress.objects.get(user=account).verified
    client.post("/accounts/login/", {"login": "duangjai@first.go.th", "password": PASSWORD})
    person = Person.objects.get(user=account)
    account.refresh_from_db()
    assert (account.agency, person.agency, str(person), person.is_public) == (listed, listed, "ดวงใจ มั่นคง", False)
    assert client.get("/me/").status_code == 200


def test_english_sign_up_makes_an_english_account(client: Client, listed: Agency) -> None:
    client.post("/en" + SIGNUP, form("e@first.go.th"))
    assert User.objects.get(email="e@first.go.th").language == "en"
    assert mail.outbox[0].subject.startswith("Welcome to")


@pytest.mark.parametrize(
    "email",
    ["x@gmail.com", "x@first.go.th.evil.com", "x@notfirst.go.th", "x@sub.first.go.th", "x@go.th", "x@first.go.th@evil.com",
     "x@fırst.go.th", "x@first.go.th\u200b", "x@first-go.th", "x@firstxgo.th",
     "x@ｆirst.go.th"],
)  # fmt: skip
def test_strange_and_look_alike_domains_are_refused(client: Client, listed: Agency, email: str) -> None:
    before = User.objects.count()
    response = client.post(SIGNUP, form(email))
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert (User.objects.count(), len(mail.outbox)) == (before, 0)


def test_the_refusal_says_what_to_do(client: Client, listed: Agency) -> None:
    html = client.post(SIGNUP, form("x@gmail.com")).content.decode()
    assert "สมัครด้วยอีเมลของหน่วยงาน" in html
    assert "ผู้ประสานงานเครือข่าย" in html


def test_a_dotted_entry_lets_real_sub_domains_in(coordinator: User, agency_a: Agency, settings: Any) -> None:
    group = save_agency(actor=coordinator, details=AgencyDetails(name="กองข้อมูล", kind="bureau", parent=agency_a))
    save_domain(actor=coordinator, domain=".moi.go.th", agency=agency_a)
    save_domain(actor=coordinator, domain="data.moi.go.th", agency=group)
    settings.SIGNUP_DOMAINS = ["only.settings.th"]
    for address, agency in {
        "a@moi.go.th": agency_a, "a@x.y.moi.go.th": agency_a, "a@data.moi.go.th": group, "a@only.settings.th": None
    }.items():  # fmt: skip
        assert may_sign_up(address)
        assert agency_of_address(address) == agency
    for address in ("a@xmoi.go.th", "a@moi.go.th.evil.com", "a@go.th", "a@", "a", "", "a@sub.only.settings.th"):
        assert not may_sign_up(address)


def test_signing_up_twice_looks_the_same_and_writes_to_the_owner(client: Client, listed: Agency) -> None:
    first = client.post(SIGNUP, form("d@first.go.th"))
    cache.clear()  # one mail in three minutes to an address, whatever it says
    other = Client()
    again = other.post(SIGNUP, form("d@first.go.th", first_name="คนอื่น"))
    assert (again.status_code, again["Location"]) == (first.status_code, first["Location"])
    assert User.objects.get(email="d@first.go.th").first_name == "ดวงใจ"
    assert [message.subject for message in mail.outbox] == [mail.outbox[0].subject, "คุณมีบัญชีอยู่แล้ว"]
    assert "/accounts/password/reset/" in mail.outbox[1].body


def test_a_taken_address_takes_as_much_work(client: Client, listed: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing a password is what can be measured from outside."""
    hasher = type(get_hasher())
    encode, hashed = hasher.encode, []

    def counting(*args: Any, **kwargs: Any) -> Any:
        hashed.append(1)
        return encode(*args, **kwargs)

    monkeypatch.setattr(hasher, "encode", counting)
    client.post(SIGNUP, form("twice@first.go.th"))
    assert len(hashed) == 1
    client.post(SIGNUP, form("twice@first.go.th"))
    assert (len(hashed), User.objects.filter(email="twice@first.go.th").count()) == (2, 1)


def test_nobody_signs_up_into_a_role(client: Client, listed: Agency) -> None:
    client.post(SIGNUP, form("r@first.go.th", is_superuser="1", is_staff="1", groups="1", agency="1"))
    account = User.objects.get(email="r@first.go.th")
    assert (account.is_superuser, account.is_staff, account.groups.count(), account.agency) == (False, False, 0, None)


def test_a_name_alone_takes_over_nobody(listed: Agency, coordinator: User) -> None:
    speaker = Person.objects.create(given_name="ดวงใจ", family_name="มั่นคง", key="ดวงใจ มั่นคง", agency=listed)
    account = User.objects.create_user("d@first.go.th", first_name="ดวงใจ", last_name="มั่นคง")
    assert complete_signup(account=account) != speaker
    assert complete_signup(account=account) == Person.objects.get(user=account)
    assert Person.objects.get(pk=speaker.pk).user is None


def test_a_second_address_obeys_the_same_rule(client: Client, officer: User, listed: Agency) -> None:
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post("/accounts/reauthenticate/", {"password": "ความลับ-secret-42"})
    client.post("/accounts/email/", {"action_add": "1", "email": "x@gmail.com"})
    assert list(EmailAddress.objects.filter(user=officer).values_list("email", flat=True)) == [officer.email]
    client.post("/accounts/email/", {"action_add": "1", "email": "x@first.go.th"})
    assert EmailAddress.objects.filter(user=officer, email="x@first.go.th", verified=False).exists()


def test_sign_ups_are_limited(client: Client, listed: Agency) -> None:
    codes = [client.post(SIGNUP, {"email": "bad"}).status_code for _try in range(22)]
    assert codes == [200] * 20 + [429] * 2
