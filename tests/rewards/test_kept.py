"""What is kept for somebody: a reminder before it goes, a statement that says what was spent, and no files that nobody names."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from kmportal.inbox import letters
from kmportal.inbox.kinds import kind_of
from kmportal.inbox.models import Notice
from rewards.actions import desk
from rewards.actions.catalogue import clear_pictures
from rewards.actions.redeeming import cancel, remind_of_ends
from rewards.models import Reward, Voucher
from tests.make import points, shop

pytestmark = pytest.mark.django_db


def _reminders(person: Any) -> list[Notice]:
    return list(Notice.objects.filter(recipient=person, kind="rewards.ending"))


def test_one_reminder_before_the_end(officer: Any, outsider: Any) -> None:
    points.give(officer, 100)
    kept = shop.ready(officer, shop.reward())
    now, end = timezone.now(), kept.keep_until
    assert end is not None

    assert remind_of_ends(at=now) == 0
    assert [remind_of_ends(at=end - timedelta(days=2) + timedelta(hours=hour)) for hour in (-1, 1, 25)] == [0, 1, 0]

    (notice,) = _reminders(officer)
    assert (notice.actor, notice.get_absolute_url(), _reminders(outsider)) == (None, f"/inbox/{notice.pk}/", [])
    mail = letters.letter(officer, kind_of("rewards.ending"), [notice])
    assert "กระเป๋าผ้า" in mail.subject
    assert kept.code not in mail.body
    desk.hand_over(actor=shop.keeper(), redemption=kept, code=kept.code, at=now)
    assert not Notice.objects.filter(kind="rewards.ending", read_at=None).exists()


def test_nobody_is_reminded_of_what_ended_or_is_new(officer: Any) -> None:
    points.give(officer, 200)
    gone, new = shop.ready(officer, shop.reward()), shop.ready(officer, shop.reward(keep_days=1))
    cancel(actor=officer, redemption=gone, at=timezone.now())
    assert gone.keep_until is not None
    assert new.keep_until is not None
    assert remind_of_ends(at=timezone.now()) == 0
    assert remind_of_ends(at=gone.keep_until - timedelta(hours=1)) == 0
    assert _reminders(officer) == []


def test_the_statement_says_what_was_spent(as_: Any, officer: Any) -> None:
    points.give(officer, 100)
    kept = shop.ready(officer, shop.reward(price=40))
    desk.hand_over(actor=shop.keeper(), redemption=kept, code=kept.code, at=timezone.now())

    rows = as_(officer).get(reverse("rewards:statement")).context["rows"]

    assert [(row.transfer.act, row.change, row.spent) for row in rows] == [("spend", 0, 40), ("hold", -40, 0), ("issue", 100, 0)]
    assert "<b>0</b>" not in as_(officer).get(reverse("rewards:statement")).text


@pytest.mark.parametrize("reason", ["ผิด\x00", "", "  ", "ก" * 301])
def test_a_voucher_goes_for_a_reason_that_can_be_written(as_: Any, settings: Any, reason: str) -> None:
    settings.KM_SECOND_FACTOR = False
    voucher = Voucher.objects.filter(reward=shop.voucher("ABC-1", "ABC-2")).first()
    assert voucher is not None
    client = as_(shop.keeper())

    answer = client.post(reverse("rewards:desk_withdraw", args=[voucher.pk]), {"reason": reason}, follow=True)

    assert (answer.status_code, Voucher.objects.count()) == (200, 2)
    assert 'class="note bad"' in answer.text


def test_files_that_no_reward_names_go(settings: Any) -> None:
    kept, storage = shop.reward(), Reward._meta.get_field("picture").storage
    Reward.objects.filter(pk=kept.pk).update(picture=storage.save("rewards/kept.webp", ContentFile(b"a")))
    # What other tests have left in the folder that they share.
    clear_pictures(at=timezone.now() + timedelta(days=3))
    left = storage.save("rewards/left.webp", ContentFile(b"b"))

    assert clear_pictures(at=timezone.now()) == 0
    assert clear_pictures(at=timezone.now() + timedelta(days=3)) == 1
    assert (storage.exists(left), storage.exists("rewards/kept.webp")) == (False, True)
    assert Path(storage.path("rewards")).is_dir()
