"""Makes the agencies and people that an import names for the first time. Called by the draft page's verb only, in its transaction."""

import re
from collections.abc import Mapping

from django.utils.crypto import get_random_string
from wagtail.log_actions import log

from kmportal.library.importer.model import Draft, Speaker
from kmportal.library.importing.names import NEW, key_of_agency, key_of_person
from kmportal.people.models import Agency, Person, User
from kmportal.people.models.persons import HANDLE_LETTERS
from kmportal.people.names import agency_key, person_key

# What an agency's name begins with says its level; the longer beginning first.
LEVELS = (
    (re.compile(r"กระทรวง|Ministry"), Agency.Kind.MINISTRY),
    (re.compile(r"จังหวัด|กรุงเทพมหานคร"), Agency.Kind.PROVINCE),
    (re.compile(r"เทศบาล|องค์การบริหารส่วน|อบต|อบจ|เมืองพัทยา"), Agency.Kind.LOCAL),
    (re.compile(r"กรม|สำนักงาน(?!เลขานุการ)|สำนักงบประมาณ|Department|Office"), Agency.Kind.DEPARTMENT),
    (re.compile(r"สำนัก|กอง|ศูนย์|สถาบัน|Bureau|Division|Cent(?:er|re)"), Agency.Kind.BUREAU),
    (re.compile(r"กลุ่ม|ฝ่าย|ส่วน|งาน"), Agency.Kind.GROUP),
)


def make_new(*, actor: User, draft: Draft, ids: Mapping[str, int]) -> dict[str, int]:
    """The ids of all names of the draft, after making what is NEW among them. Agencies first: people belong to them."""
    known = dict(ids)
    names = [draft.organiser.value] if draft.organiser else []
    for block in draft.blocks:
        names += filter(None, (block.agency, *(speaker.agency for speaker in block.speakers)))
    for name in names:
        if known.get(key_of_agency(name)) == NEW:
            known[key_of_agency(name)] = _make_agency(actor, name).pk
    for block in draft.blocks:
        for speaker in block.speakers:
            if known.get(key_of_person(speaker)) == NEW:
                agency = known.get(key_of_agency(speaker.agency or block.agency or ""))
                known[key_of_person(speaker)] = _make_person(actor, speaker, agency).pk
    return known


def level_of(*, name: str) -> str:
    """The level that an agency's name tells."""
    return next((level.value for start, level in LEVELS if start.match(name)), Agency.Kind.OTHER.value)


def _make_agency(actor: User, name: str) -> Agency:
    slug = f"agency-{get_random_string(6, HANDLE_LETTERS)}"
    agency = Agency.objects.create(slug=slug, name=name[:200], key=agency_key(name)[:200], kind=level_of(name=name))
    log(instance=agency, action="wagtail.create", user=actor)
    return agency


def _make_person(actor: User, speaker: Speaker, agency: int | None) -> Person:
    person = Person.objects.create(
        prefix=speaker.prefix[:40],
        given_name=speaker.given[:80],
        family_name=speaker.family[:80],
        position=speaker.position[:160],
        agency_id=agency,
        key=person_key(speaker.given, speaker.family)[:170],
    )
    log(instance=person, action="wagtail.create", user=actor)
    return person
