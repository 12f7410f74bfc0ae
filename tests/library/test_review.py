"""Draft > in review > published, by a second person."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import PageLogEntry, Workflow

from kmportal.inbox.models import Notice
from kmportal.library.actions import review
from kmportal.library.models import LessonPage
from kmportal.library.notices import APPROVED, REVIEW_WAITING
from tests.make import library as make

pytestmark = pytest.mark.django_db


def _draft(owner: Any, **fields: Any) -> Any:
    page = make.make_lesson("ร่างบทเรียน", publish=False, owner=owner, visibility=fields.pop("visibility", "network"), **fields)
    page.save_revision(user=owner)
    return LessonPage.objects.get(pk=page.pk)


def _fresh(page: Any) -> Any:
    return LessonPage.objects.get(pk=page.pk)


@pytest.fixture
def superuser(coordinator: Any) -> Any:
    coordinator.is_superuser = True
    coordinator.save(update_fields=["is_superuser"])
    return coordinator


def test_a_second_person_publishes(coordinator: Any, reviewer: Any) -> None:
    page = _draft(coordinator)

    review.hand_in(actor=coordinator, page=page)
    assert _fresh(page).workflow_in_progress is True
    review.approve(actor=reviewer, page=page)

    page = _fresh(page)
    assert (page.live, page.workflow_in_progress, page.has_unpublished_changes) == (True, False, False)
    actions = list(PageLogEntry.objects.filter(page=page.pk).order_by("timestamp", "pk").values_list("action", "user__email"))
    assert ("wagtail.workflow.start", coordinator.email) in actions
    assert ("wagtail.workflow.approve", reviewer.email) in actions
    assert ("wagtail.publish", reviewer.email) in actions


def test_nobody_approves_what_they_handed_in(coordinator: Any) -> None:
    page = _draft(coordinator)
    review.hand_in(actor=coordinator, page=page)

    with pytest.raises(PermissionDenied):
        review.approve(actor=coordinator, page=page)

    assert (_fresh(page).live, _fresh(page).workflow_in_progress) == (False, True)


def test_a_superuser_does_not_either(superuser: Any) -> None:
    page = _draft(superuser)
    review.hand_in(actor=superuser, page=page)

    with pytest.raises(PermissionDenied):
        review.approve(actor=superuser, page=page)

    assert _fresh(page).live is False


def test_nor_what_they_wrote(coordinator: Any, reviewer: Any) -> None:
    """The reviewer changed the text: now it is theirs, and somebody else has to approve it; sending back stays possible."""
    page = _draft(coordinator)
    review.hand_in(actor=coordinator, page=page)
    changed = _fresh(page).get_latest_revision_as_object()
    changed.lesson = "แก้ไขโดยผู้ตรวจ"
    changed.save_revision(user=reviewer)

    with pytest.raises(PermissionDenied):
        review.approve(actor=reviewer, page=page)
    assert _fresh(page).live is False
    review.send_back(actor=reviewer, page=page, comment="ขอให้ดูอีกครั้ง")

    assert _fresh(page).workflow_in_progress is False


def test_a_version_that_the_reviewer_did_not_see_is_not_approved(as_: Any, coordinator: Any, reviewer: Any) -> None:
    page = _draft(coordinator)
    review.hand_in(actor=coordinator, page=page)
    opened = _fresh(page).latest_revision_id
    later = _fresh(page).get_latest_revision_as_object()
    later.lesson = "แก้ไขหลังส่งตรวจ"
    newest = later.save_revision(user=coordinator)

    with pytest.raises(review.ChangedMeanwhile):
        review.approve(actor=reviewer, page=page)
    as_(reviewer).post(reverse("library:judge", args=[page.pk]), {"approve": "1", "seen": opened})
    assert (_fresh(page).live, _fresh(page).workflow_in_progress) == (False, True)
    as_(reviewer).post(reverse("library:judge", args=[page.pk]), {"approve": "1", "seen": newest.pk})

    assert (_fresh(page).live, _fresh(page).lesson) == (True, "แก้ไขหลังส่งตรวจ")


def test_saving_without_a_change_makes_nobody_an_author(coordinator: Any, reviewer: Any) -> None:
    page = _draft(coordinator, why="<p>เพราะซ้อมก่อน</p>")
    review.hand_in(actor=coordinator, page=page)
    saved = _fresh(page).get_latest_revision_as_object()
    saved.why = '<p data-block-key="x1y2z">เพราะซ้อมก่อน</p>'
    saved.save_revision(user=reviewer)

    review.approve(actor=reviewer, page=page)

    assert _fresh(page).live is True


@pytest.mark.parametrize("name", ["officer", "outsider", "agency_coordinator", "admin", "cop_member"])
def test_people_outside_the_review_group_do_not(request: Any, name: Any, coordinator: Any) -> None:
    page = _draft(coordinator)
    review.hand_in(actor=coordinator, page=page)

    with pytest.raises(PermissionDenied):
        review.approve(actor=request.getfixturevalue(name), page=page)

    assert _fresh(page).live is False


def test_sent_back_and_handed_in_again(coordinator: Any, reviewer: Any, django_capture_on_commit_callbacks: Any) -> None:
    page = _draft(coordinator)
    review.hand_in(actor=coordinator, page=page)

    with pytest.raises(review.CommentMissing):
        review.send_back(actor=reviewer, page=page, comment="  ")
    with django_capture_on_commit_callbacks(execute=True):
        review.send_back(actor=reviewer, page=page, comment="ขอตัวเลขก่อนและหลัง")
    assert _fresh(page).current_workflow_state.status == "needs_changes"
    assert "ขอตัวเลขก่อนและหลัง" in mail.outbox[-1].body
    assert mail.outbox[-1].to == [coordinator.email]
    review.hand_in(actor=coordinator, page=page)
    review.approve(actor=reviewer, page=page)

    assert _fresh(page).live is True


def test_steps_out_of_turn(coordinator: Any, reviewer: Any, officer: Any) -> None:
    page = _draft(coordinator)

    with pytest.raises(review.NotInReview):
        review.approve(actor=reviewer, page=page)
    with pytest.raises(PermissionDenied):
        review.hand_in(actor=officer, page=page)
    review.hand_in(actor=coordinator, page=page)
    with pytest.raises(review.InReviewAlready):
        review.hand_in(actor=coordinator, page=page)


def test_an_agency_coordinator_hands_in_own_work(agency_coordinator: Any, reviewer: Any, agency_a: Any) -> None:
    page = _draft(agency_coordinator, agency=agency_a)

    review.hand_in(actor=agency_coordinator, page=page)
    review.approve(actor=reviewer, page=page)

    assert _fresh(page).live is True


def test_reviewers_outside_the_community_hear_nothing(
    cop_member: Any, reviewer: Any, community_c: Any, django_capture_on_commit_callbacks: Any
) -> None:
    cop_member.groups.add(Group.objects.get(name="network_coordinator"))
    page = _draft(cop_member, visibility="community", community=community_c)

    with django_capture_on_commit_callbacks(execute=True):
        review.hand_in(actor=cop_member, page=page)

    assert (mail.outbox, Notice.objects.count()) == ([], 0)
    with pytest.raises(PermissionDenied):
        review.approve(actor=reviewer, page=page)
    assert _fresh(page).live is False


def test_reviewers_are_told(
    coordinator: Any, reviewer: Any, superuser: Any, as_: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = _draft(coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        review.hand_in(actor=coordinator, page=page)

    assert [message.to for message in mail.outbox] == [[reviewer.email]]
    notice = Notice.objects.get()
    assert as_(reviewer).get(notice.get_absolute_url())["Location"] == f"/reviews/{page.pk}/"


def test_who_handed_in_hears_how_it_ended_and_the_review_waits_for_nobody(
    coordinator: Any, reviewer: Any, admin: Any, django_capture_on_commit_callbacks: Any
) -> None:
    admin.groups.add(Group.objects.get(name="network_coordinator"))  # a third one who could have reviewed
    page = _draft(coordinator)
    review.hand_in(actor=coordinator, page=page)
    assert Notice.objects.filter(kind=REVIEW_WAITING, read_at=None).count() == 2

    with django_capture_on_commit_callbacks(execute=True):
        review.approve(actor=reviewer, page=page, comment="ชัดเจนดี")

    assert Notice.objects.filter(kind=REVIEW_WAITING, read_at=None).count() == 0
    told = Notice.objects.get(kind=APPROVED)
    assert (told.recipient, told.actor, told.data) == (coordinator, reviewer, {"quote": "ชัดเจนดี"})
    assert told.url == _fresh(page).url
    assert [message.to for message in mail.outbox if "เผยแพร่" in message.subject] == [[coordinator.email]]


def test_direct_publishing_of_lessons_is_offered_to_nobody(superuser: Any, as_: Any) -> None:
    page = _draft(superuser)
    data = {"action-publish": "1"}

    assert page.permissions_for_user(superuser).can_publish() is False
    client = as_(superuser)
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    client.post("/cms/bulk/wagtailcore/page/publish/?id=" + str(page.pk), {})

    assert "action-publish" not in shown.text
    assert _fresh(page).live is False


def test_seminars_are_published_by_network_coordinators(coordinator: Any, agency_coordinator: Any) -> None:
    page = make.make_seminar(publish=False, owner=coordinator)

    assert page.permissions_for_user(coordinator).can_publish() is True
    assert page.permissions_for_user(agency_coordinator).can_publish() is False


def test_the_workflow_is_made_once() -> None:
    before = list(Workflow.objects.filter(active=True).values_list("name", flat=True))
    review.ensure_workflow()
    review.ensure_workflow()

    assert list(Workflow.objects.filter(active=True).values_list("name", flat=True)) == before == ["การตรวจก่อนเผยแพร่"]


def test_screens_of_the_reviewer(as_: Any, coordinator: Any, reviewer: Any) -> None:
    page = _draft(coordinator)
    review.hand_in(actor=coordinator, page=page)

    own = as_(coordinator).get(reverse("library:reviews"))
    listed = as_(reviewer).get(reverse("library:reviews"))
    shown = as_(reviewer).get(reverse("library:judge", args=[page.pk]))
    refused = as_(coordinator).post(reverse("library:judge", args=[page.pk]), {"approve": "1"})
    assert "ร่างบทเรียน" not in own.text
    assert "ร่างบทเรียน" in listed.text
    assert shown.status_code == 200
    assert refused.status_code == 403
    assert _fresh(page).live is False

    done = as_(reviewer).post(reverse("library:judge", args=[page.pk]), {"approve": "1"})
    assert done.status_code == 302
    assert _fresh(page).live is True


def test_a_stranger_finds_no_draft(as_: Any, officer: Any, coordinator: Any, agency_coordinator: Any) -> None:
    page = _draft(coordinator)
    review.hand_in(actor=coordinator, page=page)

    assert as_(officer).get(reverse("library:judge", args=[page.pk])).status_code == 404
    assert as_(agency_coordinator).get(reverse("library:judge", args=[page.pk])).status_code == 404
