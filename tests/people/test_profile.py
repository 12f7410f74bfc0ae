"""One's own profile, asking for an agency, and what coordinators set for others."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kmportal.people.models import Agency, Person, User
from kmportal.taxonomy.models import Topic
from tests.make.people import make_user

Sign = Callable[[Any], Client]


def profile(**changes: Any) -> dict[str, Any]:
    return {"name_prefix": "นาง", "given_name": "สมใจ", "family_name": "ใฝ่รู้", "position": "นักวิชาการ", "about": "ดูแลน้ำ", "language": "th",
            "is_listed": "on", **changes}  # fmt: skip


def test_saving_ones_profile(as_: Sign, officer: User) -> None:
    topic = Topic.objects.create(slug="flood-x", name_th="น้ำท่วม")
    response = as_(officer).post(
        "/me/", profile(topics=[topic.pk], language="en", is_public="on", agency="1", user="1", handle="x")
    )
    assert (response.status_code, response["Location"]) == (302, "/me/")
    assert response.cookies["km_language"].value == "en"
    person = Person.objects.get(user=officer)
    assert (person.formal_name, person.position, person.about) == ("นางสมใจ ใฝ่รู้", "นักวิชาการ", "ดูแลน้ำ")
    assert (person.is_listed, person.is_public, person.agency) == (True, True, officer.agency)
    assert list(person.topics.all()) == [topic]
    assert User.objects.get(pk=officer.pk).language == "en"


def test_a_refused_profile_says_why_and_keeps_the_words(as_: Sign, officer: User) -> None:
    before = Person.objects.filter(user=officer).values().get()
    html = as_(officer).post("/me/", profile(given_name="", position="ต" * 200)).content.decode()
    assert "<title>ผิดพลาด: " in html
    assert 'role="alert"' in html
    assert "ต" * 200 in html
    assert Person.objects.filter(user=officer).values().get() == before


def test_there_is_no_address_for_somebody_elses_profile(as_: Sign, officer: User, colleague: User) -> None:
    theirs = Person.objects.get(user=colleague)
    client = as_(officer)
    client.post(f"/people/{theirs.handle}/", profile(given_name="ถูกแก้"))
    client.post("/me/", profile(pk=theirs.pk, handle=theirs.handle))
    assert Person.objects.get(pk=theirs.pk).given_name == "วีระ"


def test_get_changes_nothing(as_: Sign, officer: User) -> None:
    Person.objects.filter(user=officer).delete()
    assert as_(officer).get("/me/").status_code == 200
    assert not Person.objects.filter(user=officer).exists()


def test_picture_upload_and_removal(as_: Sign, officer: User) -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), (1, 2, 3)).save(out, "JPEG")
    client = as_(officer)
    client.post("/me/picture/", {"p-picture": SimpleUploadedFile("../../x.svg", out.getvalue(), "image/svg+xml")})
    name = Person.objects.get(user=officer).picture.name or ""
    assert name.startswith("faces/")
    assert name.endswith(".webp")
    assert "x" not in name.removeprefix("faces/")[:-5] or len(name) == len("faces/") + 20 + 5
    client.post("/me/picture/remove/")
    assert not Person.objects.get(user=officer).picture


@pytest.mark.parametrize("content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"GIF89a", b"\xff\xd8\xff" + b"0" * 100])
def test_a_bad_picture_says_what_to_do(as_: Sign, officer: User, content: bytes) -> None:
    upload = SimpleUploadedFile("me.jpg", content, "image/jpeg")
    response = as_(officer).post("/me/picture/", {"p-picture": upload})
    assert response.status_code == 200
    assert "<title>ผิดพลาด: " in response.content.decode()
    assert not Person.objects.get(user=officer).picture


@pytest.fixture
def mails(django_capture_on_commit_callbacks: Any) -> Any:
    """Mail goes after the commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


# --- Another agency --------------------------------------------------------------------------------------------------------------
def test_asking_for_an_agency_writes_to_its_coordinators(
    as_: Sign, mails: Any, agency_a: Agency, agency_coordinator: User
) -> None:
    newcomer = make_user("new@else.example", given="ใหม่", family="มาก")
    agency_coordinator.language = "en"
    agency_coordinator.save()
    client = as_(newcomer)
    with mails():
        client.post("/me/agency/", {"a-agency": agency_a.pk, "a-note": "ย้ายมาเดือนนี้"})
    assert [message.to for message in mail.outbox] == [[agency_coordinator.email]]
    handle = Person.objects.get(user=newcomer).handle
    assert mail.outbox[0].subject == "ใหม่ มาก asks to belong to First Department"
    assert f"/en/people/{handle}/account/" in mail.outbox[0].body
    assert "ย้ายมาเดือนนี้" in mail.outbox[0].body
    with mails():
        again = client.post("/me/agency/", {"a-agency": agency_a.pk})
    assert again.status_code == 200
    assert len(mail.outbox) == 1
    assert User.objects.get(pk=newcomer.pk).agency is None


def test_moving_away_asks_the_network(as_: Sign, mails: Any, outsider: User, agency_a: Agency) -> None:
    with mails():
        as_(outsider).post("/me/agency/", {"a-agency": agency_a.pk})
    names = {message.to[0].partition("@")[0] for message in mail.outbox}
    assert names == {"coordinator", "reviewer", "admin"}


# --- Accounts of others ----------------------------------------------------------------------------------------------------------
def address(user: User) -> str:
    return f"/people/{Person.objects.get(user=user).handle}/account/"


def test_a_coordinator_sets_agency_and_agency_roles(as_: Sign, coordinator: User, officer: User, agency_b: Agency) -> None:
    client = as_(coordinator)
    html = client.get(address(officer)).content.decode()
    assert 'value="agency_coordinator"' in html
    assert 'value="site_admin"' not in html
    client.post(address(officer), {"agency": agency_b.pk, "roles": ["expert"]})
    officer = User.objects.get(pk=officer.pk)
    assert officer.agency == agency_b
    assert officer.role_names == {"expert"}
    assert Person.objects.get(user=officer).agency == agency_b


def test_a_forged_role_changes_nothing(as_: Sign, coordinator: User, officer: User, agency_b: Agency) -> None:
    as_(coordinator).post(address(officer), {"agency": agency_b.pk, "roles": ["site_admin"]})
    officer = User.objects.get(pk=officer.pk)
    assert (officer.agency.slug if officer.agency else "", officer.role_names) == ("agency-a", frozenset())


def test_roles_that_are_not_offered_stay(as_: Sign, coordinator: User, admin: User, agency_a: Agency) -> None:
    as_(coordinator).post(address(admin), {"agency": agency_a.pk, "roles": []})
    assert User.objects.get(pk=admin.pk).role_names == {"site_admin"}


def test_an_agency_coordinator_stays_within_the_agency(
    as_: Sign, agency_coordinator: User, *, colleague: User, outsider: User, agency_a: Agency, agency_b: Agency
) -> None:
    client = as_(agency_coordinator)
    assert client.get(address(outsider)).status_code == 404
    assert "roles" not in client.get(address(colleague)).content.decode()
    client.post(address(colleague), {"agency": agency_b.pk})
    assert User.objects.get(pk=colleague.pk).agency == Agency.objects.get(slug="agency-a-group")
    client.post(address(colleague), {"agency": agency_a.pk, "roles": ["expert"]})
    assert (User.objects.get(pk=colleague.pk).agency, User.objects.get(pk=colleague.pk).role_names) == (agency_a, frozenset())


def test_nobody_places_themselves(as_: Sign, coordinator: User, admin: User) -> None:
    for user in (coordinator, admin):
        assert as_(user).get(address(user)).status_code == 404


def test_accounts_list(as_: Sign, agency_coordinator: User, coordinator: User, queries: Callable[..., int]) -> None:
    html = as_(agency_coordinator).get("/people/accounts/").content.decode()
    assert "officer@agency-a.example" in html
    assert "outsider@agency-b.example" not in html
    few = queries(as_(coordinator), "/people/accounts/")
    for number in range(20):
        make_user(f"n{number}@else.example", given=f"คน{number}", family="ใหม่")
    assert queries(as_(coordinator), "/people/accounts/") == few
    assert "ยังไม่มีสังกัด" in as_(coordinator).get("/people/accounts/?q=คน3").content.decode()


@pytest.mark.parametrize(
    "path", ["/me/", "/me/picture/", "/me/picture/remove/", "/me/agency/", "/people/accounts/invite/", "/accounts/logout/"]
)
def test_a_form_without_the_token_is_refused(coordinator: User, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(path, {}).status_code == 403
    assert client.get("/me/").status_code == 200
