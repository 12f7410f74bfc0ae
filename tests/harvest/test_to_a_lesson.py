"""From the basket to a published lesson: credited, approved by its tellers, reviewed, paid."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db.models import Sum
from django.utils import timezone, translation
from wagtail.models import PageLogEntry

from communities.circles.actions import withdrawing as circles
from communities.circles.models import Circle, Said
from communities.harvest.actions import asking, drafting, handing_in, withdrawing, words
from communities.harvest.actions.ground import digest_of
from communities.harvest.actions.marking import mark
from communities.harvest.models import Mark, Statement, TalkDraft, Word
from communities.models import Community, Membership
from communities.talk.models import Channel, Message
from kmportal.library.actions import review
from kmportal.library.models import LessonPage
from kmportal.people.models import User
from kmportal.retrieval import engine, readers
from rewards.models import Account, Kind, Leg
from tests.make.talk import make_circle, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(note_taker: User, channel: Channel, told: list[Message]) -> TalkDraft:
    mark(actor=note_taker, message=told[0], field="what_happened")
    mark(actor=note_taker, message=told[1], field="lesson")
    return drafting.draft_lesson(actor=note_taker, channel=channel.pk)


def test_every_statement_stands_beside_its_message_and_speaker(
    draft: TalkDraft, told: list[Message], teller: User, note_taker: User, community_c: Community
) -> None:
    lesson = draft.lesson
    assert (lesson.visibility, lesson.community, lesson.live) == ("community", community_c, False)
    assert told[0].text in lesson.what_happened
    assert lesson.lesson == told[1].text
    assert list(draft.statements.values_list("message", "field", "teller")) == [
        (told[0].pk, "what_happened", teller.pk),
        (told[1].pk, "lesson", teller.pk),
    ]
    assert [(one.person.user, one.part) for one in lesson.credits.all()] == [(teller, "teller"), (note_taker, "note_taker")]


def test_a_second_press_finds_an_empty_basket(draft: TalkDraft, note_taker: User, channel: Channel) -> None:
    with pytest.raises(drafting.EmptyBasket):
        drafting.draft_lesson(actor=note_taker, channel=channel.pk)
    assert LessonPage.objects.count() == TalkDraft.objects.count() == 1


def test_members_do_not_draft(teller: User, note_taker: User, channel: Channel, told: list[Message]) -> None:
    mark(actor=note_taker, message=told[0], field="why")
    with pytest.raises(PermissionDenied):
        drafting.draft_lesson(actor=teller, channel=channel.pk)
    assert not LessonPage.objects.exists()


def test_what_has_no_name_has_no_teller(note_taker: User, teller: User, channel: Channel) -> None:
    nameless = said(teller, channel)
    Message.objects.filter(pk=nameless.pk).update(anonymous=True)
    mark(actor=note_taker, message=nameless, field="pitfalls")
    made = drafting.draft_lesson(actor=note_taker, channel=channel.pk)
    assert made.statements.get().teller is None
    assert [one.part for one in made.lesson.credits.all()] == ["note_taker"]
    with pytest.raises(asking.NobodyTold):
        asking.ask_tellers(actor=note_taker, draft=made)


def test_the_basket_is_full_again_when_a_draft_is_dropped(draft: TalkDraft, note_taker: User, channel: Channel) -> None:
    drafting.drop(actor=note_taker, draft=draft)
    assert Mark.objects.in_basket().count() == 2
    assert drafting.draft_lesson(actor=note_taker, channel=channel.pk).pk != draft.pk


def _secret(mail: EmailMessage) -> str:
    found = re.search(r"/word/([\w-]{43})/", str(mail.body))
    assert found, mail.body
    return found[1]


def test_the_tellers_word_by_the_link_of_a_mail(
    draft: TalkDraft,
    note_taker: User,
    teller: User,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asking.ask_tellers(actor=note_taker, draft=draft)
    (mail,) = mailoutbox
    assert mail.to == [teller.email]
    now = timezone.now()
    word = words.by_link(secret=_secret(mail), now=now)
    assert word.teller == teller

    with pytest.raises(words.WrittenAnew):
        words.approve(word=word, read="0" * 64, at=now)
    assert words.missing(draft) == [teller]
    words.approve(word=word, read=digest_of(draft), at=now)

    assert words.missing(draft) == []
    with pytest.raises(Word.DoesNotExist):
        words.by_link(secret=_secret(mail) + "x", now=now)
    with pytest.raises(Word.DoesNotExist):
        words.by_link(secret=_secret(mail), now=now + words.LINK_HOLDS)


def test_a_new_mail_makes_the_old_link_useless(draft: TalkDraft, note_taker: User) -> None:
    (word,) = asking.ask_tellers(actor=note_taker, draft=draft)
    first, second = words.new_link(word=word, at=timezone.now()), words.new_link(word=word, at=timezone.now())
    with pytest.raises(Word.DoesNotExist):
        words.by_link(secret=first, now=timezone.now())
    assert words.by_link(secret=second, now=timezone.now()) == word


def _given(draft: TalkDraft, actor: User) -> None:
    for word in asking.ask_tellers(actor=actor, draft=draft):
        words.approve(word=word, read=digest_of(draft), at=timezone.now())


def test_a_word_holds_for_the_text_and_circle_that_were_read(draft: TalkDraft, note_taker: User, teller: User) -> None:
    _given(draft, note_taker)
    drafting.rewrite(actor=note_taker, draft=draft, words={"why": "ฝนตกนานกว่าที่คาด"})
    assert words.missing(draft) == [teller]
    with pytest.raises(review.Waits):
        handing_in.hand_in(actor=note_taker, draft=draft)

    _given(TalkDraft.objects.get(pk=draft.pk), note_taker)
    assert words.missing(draft) == []


def test_a_hidden_communitys_talk_stays_in_it(draft: TalkDraft, note_taker: User) -> None:
    with pytest.raises(drafting.TooWide):
        drafting.set_reach(actor=note_taker, draft=draft, visibility="network")
    assert TalkDraft.objects.get().reach == "community"


def test_published_after_word_and_review_it_pays_its_tellers_most(
    draft: TalkDraft, note_taker: User, teller: User, reviewer: User, community_c: Community
) -> None:
    Membership.objects.create(community=community_c, user=reviewer)
    with pytest.raises(review.Waits):
        handing_in.hand_in(actor=note_taker, draft=draft)
    _given(draft, note_taker)
    handing_in.hand_in(actor=note_taker, draft=draft)
    review.approve(actor=reviewer, page=draft.lesson)

    assert LessonPage.objects.get().live
    paid = Leg.objects.filter(transfer__rule_version__rule__code="lesson_published", amount__gt=0)
    of = dict(paid.values_list("transfer__owner").annotate(Sum("amount")))
    assert of[teller.pk] > of[note_taker.pk] > 0
    held: Any = dict(Account.objects.filter(owner__in=[teller, note_taker], kind=Kind.PENDING).values_list("owner", "balance"))
    assert held[teller.pk] > held[note_taker.pk] > 0

    # Published again without a further word nothing more is paid; taken down while the points are on hold they go back.
    lesson: Any = LessonPage.objects.get()
    lesson.get_latest_revision().publish()
    assert dict(Account.objects.filter(owner__in=of, kind=Kind.PENDING).values_list("owner", "balance")) == held
    LessonPage.objects.get().unpublish()
    assert set(Account.objects.filter(owner__in=of, kind=Kind.PENDING).values_list("balance", flat=True)) == {0}


def test_it_is_found_by_its_words_and_by_the_heading_that_they_stand_under(
    draft: TalkDraft, note_taker: User, teller: User, outsider: User, reviewer: User, community_c: Community
) -> None:
    """In the Thai of its headings, whoever published it in whichever language."""
    Membership.objects.create(community=community_c, user=reviewer)
    _given(draft, note_taker)
    handing_in.hand_in(actor=note_taker, draft=draft)
    with translation.override("en"):
        review.approve(actor=reviewer, page=draft.lesson)
    heading = str(LessonPage._meta.get_field("what_happened").verbose_name)
    for asked in ("แบบจำลอง", f"{heading} แบบจำลอง"):
        assert engine.find(asked, readers.of(teller)).hits[0].object_id == draft.lesson_id, asked
        assert draft.lesson_id not in [hit.object_id for hit in engine.find(asked, readers.of(outsider)).hits]


def test_withdrawn_words_leave_the_lesson_and_the_word_is_asked_anew(
    draft: TalkDraft, note_taker: User, teller: User, told: list[Message], community_c: Community, reviewer: User
) -> None:
    Membership.objects.create(community=community_c, user=reviewer)
    mine = Statement.objects.get(message=told[0])
    with pytest.raises(PermissionDenied):
        withdrawing.withdraw(actor=note_taker, statement=mine)
    _given(draft, note_taker)
    withdrawing.withdraw(actor=teller, statement=mine)
    with pytest.raises(review.Waits):
        handing_in.hand_in(actor=note_taker, draft=draft)
    _given(TalkDraft.objects.get(pk=draft.pk), note_taker)
    handing_in.hand_in(actor=note_taker, draft=draft)
    review.approve(actor=reviewer, page=draft.lesson)
    with pytest.raises(words.TooLate):
        withdrawing.withdraw(actor=teller, statement=Statement.objects.get(message=told[1]))


def test_what_a_circle_promised_is_the_widest_reach(
    note_taker: User, teller: User, channel: Channel, told: list[Message]
) -> None:
    """The community is not hidden here; those who joined the circle were told: members alone."""
    Community.objects.filter(pk=channel.community_id).update(is_hidden=False)
    circle = make_circle(channel, reach="members", facilitator=note_taker)
    Said.objects.create(circle=circle, message=told[0])
    mark(actor=note_taker, message=told[0], field="why")
    made = drafting.draft_lesson(actor=note_taker, channel=channel.pk)
    with pytest.raises(drafting.TooWide):
        drafting.set_reach(actor=note_taker, draft=made, visibility="network")
    Circle.objects.update(reach="network")
    assert drafting.set_reach(actor=note_taker, draft=made, visibility="network").reach == "network"
    with pytest.raises(drafting.TooWide):
        drafting.set_reach(actor=note_taker, draft=made, visibility="public")


def test_a_message_taken_out_of_its_circle_leaves_the_basket_and_the_draft(
    draft: TalkDraft, note_taker: User, teller: User, channel: Channel, told: list[Message]
) -> None:
    circle = make_circle(channel, reach="members", facilitator=note_taker)
    Said.objects.create(circle=circle, message=told[0])
    mark(actor=note_taker, message=told[0], field="why")
    circles.withdraw(actor=teller, message=told[0].pk)
    assert not Mark.objects.in_basket().exists()
    statement = draft.statements.get(message=told[0])
    assert (statement.withdrawn_at is not None, statement.text) == (True, "")


def test_withdrawn_words_go_from_the_draft_and_all_its_versions(
    draft: TalkDraft, note_taker: User, teller: User, told: list[Message]
) -> None:
    gone, stays = told[1].text, told[0].text
    drafting.rewrite(actor=note_taker, draft=draft, words={"why": f"<p>เขาเล่าว่า {gone} จึงรอด</p>", "title": gone[:100]})
    drafting.rewrite(actor=note_taker, draft=draft, words={"why": f"<p>{gone}</p><p>ฝนตกหนัก</p>"})
    withdrawing.withdraw(actor=teller, statement=draft.statements.get(message=told[1]))
    lesson: Any = LessonPage.objects.get()
    held = [
        str(lesson.__dict__),
        str(PageLogEntry.objects.values_list("label", "data")),
        *map(str, lesson.revisions.values_list("content")),
    ]
    assert len(held) == 5
    assert not [one for one in held if gone[:30] in one]
    assert stays in lesson.get_latest_revision_as_object().what_happened
    assert lesson.get_latest_revision_as_object().why == "<p>ฝนตกหนัก</p>"
    assert draft.statements.get(message=told[1]).text == ""


def test_words_that_were_woven_into_others_hold_the_lesson_back(
    draft: TalkDraft, note_taker: User, teller: User, told: list[Message]
) -> None:
    woven = "<ul><li>น้ำขึ้นเร็วกว่าที่แบบจำลองบอก</li></ul>\nเราเปิดบานระบายก่อนสองชั่วโมง"
    drafting.rewrite(actor=note_taker, draft=draft, words={"what_happened": woven})
    withdrawing.withdraw(actor=teller, statement=draft.statements.get(message=told[0]))
    assert draft.statements.get(message=told[0]).text
    with pytest.raises(review.Waits, match="ถอน"):
        handing_in.hand_in(actor=note_taker, draft=draft)
    drafting.rewrite(actor=note_taker, draft=draft, words={"what_happened": ""})
    assert draft.statements.get(message=told[0]).text == ""
