"""The screens from a message to a lesson handed in: basket, draft, the teller's word; closed to everybody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.harvest.actions import asking, drafting, words
from communities.harvest.actions.ground import digest_of
from communities.harvest.actions.marking import mark
from communities.harvest.models import Mark, TalkDraft, Word
from communities.models import Community, Membership
from communities.talk.models import Channel, Message
from kmportal.library.models import LessonPage
from kmportal.people.models import User
from tests.make.talk import said

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.fixture
def draft(note_taker: User, channel: Channel, told: list[Message]) -> TalkDraft:
    mark(actor=note_taker, message=told[0], field="what_happened")
    return drafting.draft_lesson(actor=note_taker, channel=channel.pk)


def test_from_a_message_to_a_draft_in_the_browser(
    as_: As, note_taker: User, teller: User, told: list[Message], channel: Channel, community_c: Community
) -> None:
    keep = reverse("harvest:keep", args=[community_c.slug, told[0].pk])
    member, keeper = as_(teller), as_(note_taker)
    assert told[0].text in member.get(keep).content.decode()
    assert member.post(keep, {"field": "why"}).status_code == 302
    basket = reverse("harvest:basket", args=[community_c.slug, channel.pk])
    assert "ยังไม่ได้ยืนยัน" in member.get(basket).content.decode()
    keeper.post(keep, {"field": "why"})
    key = Mark.objects.get(confirmed_by=note_taker).pk

    made = keeper.post(
        reverse("harvest:draft_lesson", args=[community_c.slug, channel.pk]), {"mark": [key], "title": "เปิดบานก่อนน้ำมา"}
    )

    draft = TalkDraft.objects.get()
    assert made.headers["Location"] == draft.get_absolute_url()
    page = keeper.get(draft.get_absolute_url()).content.decode()
    assert "เปิดบานก่อนน้ำมา" in page
    assert told[0].text in page


def test_nothing_ticked_makes_nothing(
    as_: As, note_taker: User, told: list[Message], channel: Channel, community_c: Community
) -> None:
    mark(actor=note_taker, message=told[0], field="why")
    as_(note_taker).post(reverse("harvest:draft_lesson", args=[community_c.slug, channel.pk]), {"mark": ["99999"]})
    assert not LessonPage.objects.exists()


def test_saving_without_a_change_makes_no_version(as_: As, draft: TalkDraft, note_taker: User) -> None:
    client = as_(note_taker)
    page = client.get(draft.get_absolute_url())
    form = dict(page.context["form"].initial)
    before = LessonPage.objects.get().revisions.count()

    assert client.post(draft.get_absolute_url(), form).status_code == 302
    assert LessonPage.objects.get().revisions.count() == before
    client.post(draft.get_absolute_url(), {**form, "why": "ฝนตกหนัก\n\nสองคืน"})
    newest = LessonPage.objects.get().get_latest_revision_as_object()
    assert newest.why == "<p>ฝนตกหนัก</p><p>สองคืน</p>"
    assert newest.what_happened == draft.lesson.what_happened


def test_a_members_draft_page_has_no_form(as_: As, draft: TalkDraft, teller: User) -> None:
    client = as_(teller)
    assert 'name="title"' not in client.get(draft.get_absolute_url()).content.decode()
    assert client.post(draft.get_absolute_url(), {"title": "ของฉัน"}).status_code == 403
    assert LessonPage.objects.get().revisions.count() == 1


def test_the_link_of_the_mail_needs_no_account(as_: As, draft: TalkDraft, note_taker: User, told: list[Message]) -> None:
    (word,) = asking.ask_tellers(actor=note_taker, draft=draft)
    address = reverse("harvest:by_link", args=[words.new_link(word=word, at=timezone.now())])
    visitor = as_(None)
    page = visitor.get(address)
    assert told[0].text in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]

    assert visitor.post(address, {"answer": "refuse", "read": digest_of(draft), "says": " "}).status_code == 409
    assert visitor.post(address, {"answer": "approve", "read": "0" * 64}).status_code == 409
    assert Word.objects.get().state == "asked"
    assert visitor.post(address, {"answer": "approve", "read": digest_of(draft)}).status_code == 302
    assert Word.objects.get().state == "given"


def test_a_teller_takes_back_only_what_is_theirs(as_: As, draft: TalkDraft, note_taker: User, teller: User) -> None:
    (word,) = asking.ask_tellers(actor=note_taker, draft=draft)
    statement = draft.statements.get()
    own = as_(teller)
    assert own.post(reverse("harvest:word", args=[word.pk]), {"statement": statement.pk + 1}).status_code == 404
    assert as_(note_taker).post(reverse("harvest:word", args=[word.pk]), {"statement": statement.pk}).status_code == 403
    assert draft.statements.standing().count() == 1
    own.post(reverse("harvest:word", args=[word.pk]), {"statement": statement.pk})
    assert draft.statements.standing().count() == 0


def test_nobody_outside_finds_anything(
    as_: As, draft: TalkDraft, outsider: User, coordinator: User, told: list[Message], channel: Channel, community_c: Community
) -> None:
    slug, key = community_c.slug, draft.pk
    marked = Mark.objects.get()
    addresses = [
        draft.get_absolute_url(),
        *(reverse(f"harvest:{name}", args=[slug, key]) for name in ("ask", "hand_in", "drop")),
        reverse("harvest:drafts", args=[slug]),
        reverse("harvest:basket", args=[slug, channel.pk]),
        reverse("harvest:draft_lesson", args=[slug, channel.pk]),
        reverse("harvest:keep", args=[slug, told[0].pk]),
        reverse("harvest:unmark", args=[slug, marked.pk]),
    ]
    for person in (outsider, coordinator):
        for address in addresses:
            client = as_(person)
            assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}, address
            assert client.post(address).status_code in {404, 405}, address
    assert TalkDraft.objects.present().count() == 1


@pytest.mark.parametrize("number", [1, 20])
def test_the_basket_asks_the_same_for_many(
    as_: As, queries: Callable[..., int], number: int, note_taker: User, teller: User, channel: Channel, community_c: Community
) -> None:
    for _ in range(number):
        mark(actor=note_taker, message=said(teller, channel), field="why")
    client = as_(note_taker)
    address = reverse("harvest:basket", args=[community_c.slug, channel.pk])
    client.get(address)
    assert queries(client, address) == 12


def test_who_left_reads_and_approves_their_own_words_alone(
    as_: As, visitor: Any, note_taker: User, teller: User, cop_member: User, channel: Channel, told: list[Message]
) -> None:
    """The link still opens: it is their telling. What others told, before or since, is not theirs to read."""
    mark(actor=note_taker, message=told[0], field="what_happened")
    mark(actor=note_taker, message=said(cop_member, channel, "ความลับของอีกคนหนึ่งในวง"), field="what_happened")
    mark(actor=note_taker, message=said(cop_member, channel, "อีกเรื่องที่ไม่ใช่ของเขา"), field="why")
    made = drafting.draft_lesson(actor=note_taker, channel=channel.pk, title="เปิดบานก่อนน้ำมา")
    word = next(one for one in asking.ask_tellers(actor=note_taker, draft=made) if one.teller == teller)
    address = reverse("harvest:by_link", args=[words.new_link(word=word, at=timezone.now())])
    client = as_(visitor)
    assert "ความลับของอีกคนหนึ่ง" in client.get(address).content.decode()
    Membership.objects.filter(user=teller).delete()
    page = client.get(address)
    text = page.content.decode()
    assert told[0].text in text
    assert "เปิดบานก่อนน้ำมา" in text
    assert not [one for one in ("ความลับของอีกคนหนึ่ง", "ไม่ใช่ของเขา") if one in text]
    assert client.get(made.get_absolute_url()).status_code in {302, 404}
    assert client.post(address, {"answer": "approve", "read": page.context["digest"]}).status_code == 302
    assert words.missing(made) == [cop_member]
    # Others' words change: theirs still holds. Their own do: they are asked anew.
    drafting.rewrite(actor=note_taker, draft=made, words={"why": "เขียนใหม่"})
    assert words.missing(made) == [cop_member]
    drafting.rewrite(actor=note_taker, draft=made, words={"what_happened": f"{told[0].text} ทุกครั้ง"})
    assert words.missing(made) == [teller, cop_member]
    User.objects.filter(pk=teller.pk).update(is_active=False)
    assert client.get(address).status_code == 404


def test_who_left_gives_no_word_by_their_account(as_: As, draft: TalkDraft, note_taker: User, teller: User) -> None:
    (word,) = asking.ask_tellers(actor=note_taker, draft=draft)
    Membership.objects.filter(user=note_taker).delete()
    assert as_(note_taker).get(reverse("harvest:word", args=[word.pk])).status_code == 404
    assert as_(teller).get(reverse("harvest:word", args=[word.pk])).status_code == 200
