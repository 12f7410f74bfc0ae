"""Ways around the tellers' word: through the library, after throwing the draft away, after the community went into hiding."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.harvest.actions import asking, drafting, handing_in, words
from communities.harvest.actions.ground import digest_of
from communities.harvest.actions.marking import mark
from communities.harvest.models import TalkDraft
from communities.models import Community, Membership
from communities.talk.models import Channel, Message
from kmportal.library.actions import review
from kmportal.library.models import LessonPage
from kmportal.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(note_taker: User, channel: Channel, told: list[Message]) -> TalkDraft:
    mark(actor=note_taker, message=told[0], field="what_happened")
    mark(actor=note_taker, message=told[1], field="lesson")
    return drafting.draft_lesson(actor=note_taker, channel=channel.pk)


def _given(draft: TalkDraft, actor: User) -> None:
    for word in asking.ask_tellers(actor=actor, draft=draft):
        words.approve(word=word, read=digest_of(draft), at=timezone.now())


def test_a_draft_that_was_thrown_away_is_published_by_no_other_road(
    draft: TalkDraft, note_taker: User, reviewer: User, community_c: Community
) -> None:
    Membership.objects.create(community=community_c, user=reviewer)
    drafting.drop(actor=note_taker, draft=draft)
    with pytest.raises(review.Waits):
        review.start_review(actor=note_taker, page=LessonPage.objects.get(pk=draft.lesson_id))
    assert not LessonPage.objects.get(pk=draft.lesson_id).workflow_in_progress


def test_a_lesson_is_approved_for_no_wider_circle_than_its_tellers_read(
    draft: TalkDraft, note_taker: User, reviewer: User, community_c: Community
) -> None:
    Membership.objects.create(community=community_c, user=reviewer)
    _given(draft, note_taker)
    handing_in.hand_in(actor=note_taker, draft=draft)
    page = LessonPage.objects.get(pk=draft.lesson_id).get_latest_revision_as_object()
    page.visibility = "public"
    page.save_revision(user=note_taker)
    LessonPage.objects.filter(pk=page.pk).update(visibility="public")
    newest = LessonPage.objects.get(pk=page.pk).get_latest_revision()
    with pytest.raises(PermissionDenied):
        review.approve(actor=reviewer, page=LessonPage.objects.get(pk=page.pk), seen=newest.pk)
    assert not LessonPage.objects.get(pk=page.pk).live


def test_talk_of_a_community_that_went_into_hiding_is_not_handed_out(
    draft: TalkDraft, note_taker: User, reviewer: User, community_c: Community
) -> None:
    Membership.objects.create(community=community_c, user=reviewer)
    Community.objects.update(is_hidden=False)
    drafting.set_reach(actor=note_taker, draft=draft, visibility="network")
    draft = TalkDraft.objects.get()
    _given(draft, note_taker)
    Community.objects.update(is_hidden=True, joining="invitation")
    with pytest.raises(review.Waits):
        handing_in.hand_in(actor=note_taker, draft=TalkDraft.objects.get())
    assert not LessonPage.objects.get().workflow_in_progress
