"""The demonstration content: complete, repeatable, and what every circle may see of it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import Community, Membership
from kmportal.demo.actions import PASSWORD, DemoPerson, load_demo
from kmportal.demo.content import FILES, read, rich
from kmportal.inbox.models import Notice, NoticeSetting
from kmportal.library.importer import coverage, parse, read_source
from kmportal.library.importer.model import Draft, Source
from kmportal.library.models import (
    BestPracticePage,
    Filing,
    ImportJob,
    Item,
    KnowledgePage,
    LessonPage,
    LibraryDocument,
    SeminarPage,
    Talk,
)
from kmportal.people.models import Agency, EmailDomain, Person, User
from kmportal.people.roles import Role
from qa.models import Question
from rewards.checking import differences
from rewards.models import Account, Kind, Redemption, Reward, RuleVersion


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[DemoPerson]]:
    """Loaded once for all tests here, which only read; rolled back at the end."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")), transaction.atomic():
        yield load_demo()
        transaction.set_rollback(True)


def demo_users() -> dict[str, User]:
    return {user.email: user for user in User.objects.filter(email__in=[entry["email"] for entry in read("people")])}


# --- What is there ---------------------------------------------------------------------------------------------------------------
def test_agencies_stand_in_a_tree_with_their_other_names(loaded: list[DemoPerson]) -> None:
    slugs = [entry["slug"] for entry in read("agencies")]
    kinds = Counter(Agency.objects.filter(slug__in=slugs).values_list("kind", flat=True))
    assert kinds == {"ministry": 5, "department": 12, "bureau": 3, "group": 3}
    group = Agency.objects.get(slug="ddpm-asd")
    assert [above.slug for above in group.lineage()] == ["ddpm-asd", "ddpm", "moi"]
    assert set(Agency.objects.get(slug="opdc").aliases.values_list("name", flat=True)) >= {"สำนักงาน ก.พ.ร.", "OPDC", "กพร."}
    assert EmailDomain.objects.get(domain="ddpm.example").agency == Agency.objects.get(slug="ddpm")


def test_every_role_has_an_account_that_can_sign_in(loaded: list[DemoPerson]) -> None:
    users = demo_users()
    assert len(users) == len(loaded) == 14
    assert {role for user in users.values() for role in user.role_names} == set(Role.values)
    assert all(user.check_password(PASSWORD) for user in users.values())
    assert EmailAddress.objects.filter(user__in=users.values(), verified=True, primary=True).count() == 14
    assert Person.objects.filter(user__in=users.values()).exclude(position="").count() == 14
    assert {user.language for user in users.values()} == {"th", "en"}
    assert not any(user.is_superuser for user in users.values())


def test_two_communities_one_of_them_hidden(loaded: list[DemoPerson]) -> None:
    members = Membership.objects.filter(community__slug__in=["complaints-circle", "cop-audit"])
    assert Counter(members.values_list("community__slug", flat=True)) == {"complaints-circle": 5, "cop-audit": 3}
    outside = demo_users()["waraporn@opdc.example"]
    assert set(Community.objects.visible_to(outside).values_list("slug", flat=True)) == {"complaints-circle"}


def test_the_seminars_came_through_the_importer(loaded: list[DemoPerson]) -> None:
    page = SeminarPage.objects.get(start_date="2026-09-17")
    assert page.title == "ความรู้ไม่เกษียณ : ส่งต่องาน ฟังประชาชน ใช้ข้อมูลให้เป็น"
    assert (page.live, page.visibility, str(page.end_date), page.province) == (True, "public", "2026-09-18", "นครสวรรค์")
    assert (page.organiser.slug, page.edition.slug) == ("opdc", "pmqa-40")
    talks = Talk.objects.filter(page=page, retired=False)
    assert [talk.agency.slug if talk.agency else "" for talk in talks] == [
        "drr", "corrections", "dla", "ddpm", "ops-moc", "cdd", "", "",
    ]  # fmt: skip
    assert [talk.speakers.count() for talk in talks] == [1, 1, 1, 1, 1, 1, 0, 0]
    kinds = Counter(Item.objects.filter(page=page, retired=False).values_list("kind", flat=True))
    assert (kinds["lesson"], kinds["obstacle"], kinds["success_factor"]) == (4, 14, 14)
    assert [item.text[:24] for item in Item.objects.filter(page=page, codes__code="4.3")] == ["ใช้แผนที่หมุดความรู้เป็น"]
    assert ImportJob.objects.filter(state="done", page=page).count() == 1
    assert page.revisions.count() == 2


def test_the_older_summary_speaks_of_the_older_edition(loaded: list[DemoPerson]) -> None:
    page = SeminarPage.objects.get(start_date="2012-08-24")
    codes = {(code.category.edition.slug, code.code) for code in page.codes.select_related("category__edition")}
    assert codes == {("fl-2551", "PM5"), ("fl-2551", "LD3"), ("fl-2551", "IT7")}
    assert page.visibility == "network"


def test_lessons_stand_in_every_state_and_circle(loaded: list[DemoPerson]) -> None:
    slugs = {entry["slug"]: entry for entry in read("lessons")}
    lessons = LessonPage.objects.filter(slug__in=slugs)
    assert lessons.count() == 10
    assert Counter(lessons.filter(live=True).values_list("visibility", flat=True)) == {
        "public": 3, "network": 3, "agency": 1, "community": 1,
    }  # fmt: skip
    today = timezone.localdate()
    assert [page.slug for page in lessons.filter(live=True, review_due__lt=today, archived_at=None)] == [
        "move-first-tell-the-truth"
    ]
    assert [page.slug for page in lessons.exclude(archived_at=None)] == ["listen-half-an-hour"]
    assert [page.slug for page in lessons if page.workflow_in_progress] == ["one-hour-a-month"]
    assert [page.slug for page in lessons.filter(live=False) if not page.workflow_in_progress] == ["count-what-did-not-work"]


def test_lessons_stay_linked_to_what_was_said(loaded: list[DemoPerson]) -> None:
    for entry in read("lessons"):
        assert LessonPage.objects.get(slug=entry["slug"]).sources.count() == len(entry["from"]), entry["slug"]


def test_published_lessons_are_whole(loaded: list[DemoPerson]) -> None:
    fields = ("lesson", "context", "intent", "what_happened", "why", "recommendation", "evidence", "works_when", "fails_when")
    for page in LessonPage.objects.filter(slug__in=[entry["slug"] for entry in read("lessons")], live=True):
        assert [name for name in (*fields, "summary", "contacts") if not getattr(page, name)] == [], page.slug
        assert page.credits.exists(), page.slug
        assert page.codes.exists(), page.slug


def test_what_was_changed_shows_in_the_history(loaded: list[DemoPerson]) -> None:
    page = LessonPage.objects.get(slug="ask-on-the-road")
    assert page.revisions.count() == 3
    assert "27 หมุด" in page.evidence
    assert page.revisions.order_by("created_at")[1].as_object().evidence != page.evidence


def test_practices_are_published_by_a_second_person(loaded: list[DemoPerson]) -> None:
    practices = BestPracticePage.objects.filter(slug__in=[entry["slug"] for entry in read("practices")])
    assert [page.live for page in practices] == [True, True, True, True]
    assert {page.live_revision.user.email for page in practices} == {
        "theerapong@drr.example", "kanchana@cdd.example", "waraporn@opdc.example",
    }  # fmt: skip


def test_documents_lie_in_their_drawers(loaded: list[DemoPerson]) -> None:
    entries = {entry["title"]: entry for entry in read("documents")}
    documents = LibraryDocument.objects.filter(title__in=entries)
    assert documents.count() == 7
    assert Counter(documents.values_list("visibility", flat=True)) == {"public": 2, "network": 3, "agency": 1, "community": 1}
    for document in documents:
        assert Filing.objects.filter(document=document).count() == len(entries[document.title]["drawers"]), document.title
    assert Counter(documents.values_list("text_state", flat=True)) == {
        "waiting": 6,
        "": 1,
    }  # the worker reads them after the commit


@pytest.mark.parametrize(
    ("email", "count"),
    [("", 6), ("orathai@ddpm.example", 11), ("kanchana@cdd.example", 12), ("wichai@corrections.example", 12), ("waraporn@opdc.example", 12)],
)  # fmt: skip
def test_each_circle_sees_its_own(loaded: list[DemoPerson], email: str, count: int) -> None:
    reader = demo_users()[email] if email else AnonymousUser()
    assert KnowledgePage.objects.visible_to(reader).current().count() == count


def test_loading_sends_no_mail_and_leaves_mails_on(loaded: list[DemoPerson]) -> None:
    assert mail.outbox == []
    assert set(Notice.objects.values_list("mail", flat=True)) == {Notice.Mail.NONE}
    assert NoticeSetting.objects.count() == 0


# --- Again, and never in production ----------------------------------------------------------------------------------------------
def test_a_second_run_makes_nothing(loaded: list[DemoPerson]) -> None:
    said: list[str] = []
    counts = [model.objects.count() for model in (User, Agency, KnowledgePage, LibraryDocument, ImportJob, Membership)]
    with CaptureQueriesContext(connection) as caught:
        again = load_demo(say=said.append)
    assert again == loaded
    assert said == []
    assert [model.objects.count() for model in (User, Agency, KnowledgePage, LibraryDocument, ImportJob, Membership)] == counts
    assert not [q for q in caught if q["sql"].startswith(("INSERT", "DELETE"))]


def test_the_command_prints_the_sign_ins(loaded: list[DemoPerson], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_demo")
    printed = capsys.readouterr().out
    assert PASSWORD in printed
    assert [person.email for person in loaded if person.email not in printed] == []
    call_command("load_demo", verbosity=0)
    assert capsys.readouterr().out == ""


@override_settings(PRODUCTION=True)
def test_production_has_no_known_passwords(db: None) -> None:
    before = User.objects.count()
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert User.objects.count() == before


# --- The files themselves --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["seminar-2569.docx", "cop-2555.txt"])
def test_every_line_of_the_summaries_is_kept(name: str) -> None:
    source, draft = understood(FILES / name)
    assert coverage(source, draft) == []
    kept = " ".join(" ".join([block.text, *(cell.text for row in block.rows for cell in row)]) for block in draft.blocks)
    for line in source.lines:
        if line.no not in draft.front:
            assert line.text.split()[-1] in kept, line.text


def test_the_full_summary_is_as_long_as_real_ones() -> None:
    source, draft = understood(FILES / "seminar-2569.docx")
    assert 120 <= len(source.lines) <= 200
    assert [block.type for block in draft.blocks].count("table") == 2
    assert {line.place for line in source.lines} == {"body", "table", "footer"}


def understood(path: Path) -> tuple[Source, Draft]:
    source = read_source(path.read_bytes(), path.name)
    return source, parse(source)


def test_rich_text_escapes_and_lists() -> None:
    assert rich("ก < ข") == "<p>ก &lt; ข</p>"
    assert rich(["หนึ่ง", "สอง"]) == "<ul><li>หนึ่ง</li><li>สอง</li></ul>"
    assert rich({"ol": ["หนึ่ง"]}) == "<ol><li>หนึ่ง</li></ol>"
    assert rich("") == rich([]) == ""


def test_questions_stand_in_every_state_and_circle(loaded: list[DemoPerson]) -> None:
    questions = Question.objects.filter(title__in=[entry["title"] for entry in read("questions")])
    assert Counter(questions.values_list("status", flat=True)) == {"open": 12, "closed": 1}
    assert Counter(questions.values_list("visibility", flat=True)) == {"network": 10, "public": 1, "agency": 1, "community": 1}
    assert questions.filter(accepted__isnull=False).count() == 5
    assert list(questions.filter(anonymous=True).values_list("agency", flat=True)) == [None]
    assert questions.needs_attention(timezone.now()).count() == 1
    assert all(question.about is not None for question in questions.filter(about_id__isnull=False))


def test_the_shop_has_rewards_and_redemptions_on_their_way(loaded: list[DemoPerson]) -> None:
    assert Counter(Reward.objects.filter(state="open").values_list("kind", flat=True)) == {
        "thing": 3,
        "experience": 2,
        "voucher": 1,
    }
    assert Counter(Redemption.objects.values_list("state", flat=True)) == {"ready": 1, "requested": 1, "done": 1}
    assert differences() == []


def test_points_can_be_spent_and_the_rules_are_those_of_everybody(loaded: list[DemoPerson]) -> None:
    """The page about points says seven days, and so it is for all that comes; what was loaded is available already."""
    rules = {rule.rule.code: rule.vest_days for rule in RuleVersion.objects.holding_at(timezone.now()).select_related("rule")}
    assert set(rules.values()) == {7}
    assert Account.objects.filter(kind=Kind.AVAILABLE, balance__gt=0).count() >= 3
