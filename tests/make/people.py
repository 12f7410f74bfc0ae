"""The personas and agencies that every test may use. Made once, in the template database (tests/database.py)."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from communities.models import Community, Membership
from kmportal.people.actions import ensure_roles
from kmportal.people.models import Agency, AgencyAlias, Person, User
from kmportal.people.names import agency_key, person_key
from kmportal.people.roles import Role

PASSWORD = "ความลับ-secret-42"
AGENCY_A, AGENCY_A_GROUP, AGENCY_B = "agency-a", "agency-a-group", "agency-b"
COMMUNITY_C = "community-c"


@dataclass(frozen=True)
class Persona:
    """One person of the tests: what the fixture is called, where they work, and their site-wide role."""

    name: str
    given: str
    family: str
    agency: str
    role: Role | None = None
    community: str = ""

    @property
    def email(self) -> str:
        return f"{self.name.replace('_', '.')}@{self.agency}.example"


PERSONAS = (
    Persona("officer", "สมใจ", "ใฝ่รู้", AGENCY_A),
    Persona("colleague", "วีระ", "ร่วมงาน", AGENCY_A_GROUP),
    Persona("outsider", "มานี", "ต่างกรม", AGENCY_B),
    Persona("coordinator", "อารี", "ประสานใจ", AGENCY_B, Role.NETWORK_COORDINATOR),
    Persona("reviewer", "ธนา", "รอบคอบ", AGENCY_B, Role.NETWORK_COORDINATOR),
    Persona("agency_coordinator", "พิมพ์", "พัฒนาดี", AGENCY_A, Role.AGENCY_COORDINATOR),
    Persona("admin", "ดูแล", "ระบบดี", AGENCY_B, Role.SITE_ADMIN),
    Persona("cop_member", "ชุมพร", "แบ่งปัน", AGENCY_B, community=COMMUNITY_C),
)


def make_agency(
    slug: str, name: str, *, name_en: str = "", abbreviation: str = "", kind: str = "department", parent: Agency | None = None
) -> Agency:
    agency, _ = Agency.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name, "name_en": name_en, "abbreviation": abbreviation, "kind": kind, "parent": parent, "key": agency_key(name)
        },
    )  # fmt: skip
    if abbreviation:
        AgencyAlias.objects.get_or_create(agency=agency, key=agency_key(abbreviation), defaults={"name": abbreviation})
    return agency


def make_user(email: str, *, agency: Agency | None = None, given: str = "", family: str = "", role: Role | None = None) -> User:
    """An account with a confirmed address and a person entry, in the group of its role."""
    user = User.objects.create_user(email, PASSWORD, first_name=given, last_name=family, agency=agency)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    Person.objects.create(user=user, given_name=given or email, family_name=family, agency=agency, key=person_key(given, family))
    if role is not None:
        user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    return user


def make_personas() -> None:
    """All of the above. Agency A is a department with one group inside; B is another department; community C is hidden."""
    ensure_roles()
    ministry = make_agency("ministry", "กระทรวงการทดสอบ", name_en="Ministry of Testing", kind="ministry")
    first = make_agency(AGENCY_A, "กรมตัวอย่างแรก", name_en="First Department", abbreviation="กตร.", parent=ministry)
    make_agency(AGENCY_A_GROUP, "กลุ่มพัฒนาระบบบริหาร กรมตัวอย่างแรก", kind="group", parent=first)
    make_agency(AGENCY_B, "กรมตัวอย่างที่สอง", name_en="Second Department", abbreviation="กตส.", parent=ministry)
    community = Community.objects.create(
        slug=COMMUNITY_C, name="ชุมชนนักปฏิบัติ ค", name_en="Community C", is_hidden=True, joining="invitation"
    )
    agencies = {agency.slug: agency for agency in Agency.objects.all()}
    for persona in PERSONAS:
        user = make_user(
            persona.email, agency=agencies[persona.agency], given=persona.given, family=persona.family, role=persona.role
        )
        if persona.community:
            Membership.objects.create(community=community, user=user)
