"""What was taken away comes back by nobody's hand in an archived community, and by nobody who may not manage any more."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.commons.actions import announcements, documents, polls
from communities.models import Community, Membership
from tests.make import commons as make

pytestmark = pytest.mark.django_db


def test_nothing_is_brought_back_in_an_archived_community(officer: Any) -> None:
    space = make.community(officer)
    said, asked, shared = make.announcement(officer, space), make.poll(officer, space), make.document(officer, space)
    announcements.delete_announcement(actor=officer, announcement=said)
    polls.delete_poll(actor=officer, poll=asked)
    documents.delete_document(actor=officer, document=shared)
    Community.objects.filter(pk=space.pk).update(archived_at=timezone.now())
    for verb, thing in (
        (announcements.restore_announcement, {"announcement": said}), (polls.restore_poll, {"poll": asked}),
        (documents.restore_document, {"document": shared}),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            verb(actor=officer, **thing)
    assert [make.fresh(one).deleted_at is None for one in (said, asked, shared)] == [False] * 3


def test_who_does_not_manage_any_more_brings_no_poll_back(officer: Any, colleague: Any) -> None:
    space = make.community(officer, note_taker=colleague)
    asked = make.poll(colleague, space)
    polls.delete_poll(actor=colleague, poll=asked)
    Membership.objects.filter(user=colleague).update(role=Membership.Role.PRACTITIONER)
    with pytest.raises(PermissionDenied):
        polls.restore_poll(actor=colleague, poll=asked)
    assert make.fresh(asked).deleted_at is not None
