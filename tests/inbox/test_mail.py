"""The mail: at once, once, in the person's language, with a way out that needs no sign-in."""

import re
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from kmportal.inbox import letters, tokens
from kmportal.inbox.actions import deliver, mailing, pick_up_mails, set_channels
from kmportal.inbox.kinds import INBOX, MAIL
from kmportal.inbox.models import Notice, NoticeSetting
from kmportal.library.notices import OUTDATED
from kmportal.people.models import User
from tests.house.test_design import LIGHT
from tests.make.inbox import told, told_often
from tests.make.library import make_lesson

pytestmark = pytest.mark.django_db
NONE, WAITING, SENT, GIVEN_UP = Notice.Mail.NONE, Notice.Mail.WAITING, Notice.Mail.SENT, Notice.Mail.GIVEN_UP


@pytest.fixture
def sent(django_capture_on_commit_callbacks: Any) -> Any:
    """Tells inside a transaction that ends well, and gives the mails."""

    def run(*args: Any, **more: Any) -> list[Any]:
        with django_capture_on_commit_callbacks(execute=True):
            told(*args, **more)
        return mail.outbox

    return run


def _html(message: Any) -> str:
    return str(message.alternatives[0].content)


def test_a_letter_has_all_it_needs(officer: User, outsider: User, sent: Any) -> None:
    (letter,) = sent(officer, actor=outsider, quote="แบบฟอร์ม <b>เปลี่ยน</b> แล้ว")
    notice = Notice.objects.get()

    assert (letter.to, letter.subject) == ([officer.email], "มานี ต่างกรม แจ้งว่าข้อมูลใน “บทเรียน 1” เก่าแล้ว")
    assert letter.body.startswith("เรียน คุณสมใจ") or letter.body.startswith("เรียน")
    for words in ("“แบบฟอร์ม <b>เปลี่ยน</b> แล้ว”", f"http://127.0.0.1:8000/inbox/{notice.pk}/", "พ.ย. 25", "ไม่รับอีเมลเรื่องนี้อีก"):
        assert words in letter.body.replace("พฤศจิกายน", "พ.ย."), words
    assert "แบบฟอร์ม &lt;b&gt;เปลี่ยน" in _html(letter)
    assert (notice.mail, notice.mail_tries, notice.mailed_at is not None) == (SENT, 1, True)
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_html_asks_for_nothing_from_outside(officer: User, sent: Any) -> None:
    html = _html(sent(officer)[0])

    assert re.findall(r"<(?:img|link|script|style|iframe)\b|\bstyle=|\bsrc=|url\(", html) == []
    assert {address.split("/")[2] for address in re.findall(r'href="([^"]+)"', html)} == {"127.0.0.1:8000"}
    assert 'lang="th"' in html


def test_its_colours_are_those_of_the_site() -> None:
    ours = {"page": "page", "surface": "surface", "line": "line", "ink": "ink", "quiet": "ink-3", "khram": "khram", "deep": "khram-deep",
            "on_deep": "on-deep", "gold": "rong", "sunken": "sunken"}  # fmt: skip
    assert {name: LIGHT[token] for name, token in ours.items()} == letters.COLOURS


def test_an_english_reader_gets_english(officer: User, sent: Any) -> None:
    officer.language = "en"
    officer.save(update_fields=["language"])

    (letter,) = sent(officer)

    assert letter.subject == "Somebody says that “บทเรียน 1” is out of date"
    assert re.search(r"\n\d+ \w+ 20\d\d \d\d:\d\d\n", letter.body)
    assert "http://127.0.0.1:8000/en/inbox/" in letter.body


def test_titles_cannot_write_headers(officer: User, sent: Any) -> None:
    page = make_lesson("หัวข้อ\r\nBcc: x@example.org\u2028", owner=officer, visibility="network")

    (letter,) = sent(officer, page=page)

    assert letter.recipients() == [officer.email]
    assert "หัวข้อ Bcc: x@example.org" in letter.subject
    assert b"\nBcc:" not in letter.message().as_bytes()


def test_several_of_a_kind_are_one_letter(officer: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        told_often(officer, 3)

    (letter,) = mail.outbox
    assert letter.subject == "เนื้อหาของคุณถึงกำหนดทบทวน 3 เรื่อง"
    assert len(re.findall(r"/inbox/\d+/$", str(letter.body), re.MULTILINE)) == 3


def test_what_was_read_or_refused_meanwhile_is_not_mailed(officer: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as later:
        read, refused = told(officer, "1"), told(officer, "2")
    Notice.objects.filter(pk=read.pk).update(read_at=timezone.now())
    set_channels(actor=officer, wanted={(OUTDATED, INBOX): True, (OUTDATED, MAIL): False})
    for callback in later:
        callback()

    assert mail.outbox == []
    assert list(Notice.objects.values_list("mail", flat=True)) == [NONE, NONE]
    assert refused.in_inbox is True


def test_without_a_mail_server_nothing_waits(officer: User, settings: Any, sent: Any, capsys: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    sent(officer)

    assert (Notice.objects.get().mail, capsys.readouterr().out) == (NONE, "")


# --- Failures --------------------------------------------------------------------------------------------------------------------
def _broken(monkeypatch: pytest.MonkeyPatch, method: str, error: Exception) -> None:
    def fail(*_args: Any, **_more: Any) -> int:
        raise error

    monkeypatch.setattr(EmailBackend, method, fail)


def _refusal(code: int) -> SMTPRecipientsRefused:
    return SMTPRecipientsRefused({"x@example.org": (code, b"no")})


@pytest.mark.parametrize(("method", "error", "then"), [
    ("open", OSError("unreachable"), WAITING), ("send_messages", _refusal(451), WAITING), ("send_messages", _refusal(550), GIVEN_UP),
    ("send_messages", SMTPServerDisconnected("in the middle"), GIVEN_UP), ("send_messages", TimeoutError(), GIVEN_UP),
])  # fmt: skip
def test_tried_again_only_where_nothing_was_sent(
    officer: User, sent: Any, monkeypatch: pytest.MonkeyPatch, method: str, error: Exception, then: str
) -> None:
    _broken(monkeypatch, method, error)
    sent(officer)
    notice = Notice.objects.get()
    assert (notice.mail, notice.mail_tries, notice.mailed_at, notice.read_at) == (then, 1, None, None)
    monkeypatch.undo()
    Notice.objects.filter(mail=WAITING).update(mail_after=timezone.now() - 2 * mailing.PATIENCE)

    pick_up_mails()
    pick_up_mails()

    assert len(mail.outbox) == (1 if then == WAITING else 0)


def test_given_up_in_the_end(officer: User, sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _broken(monkeypatch, "open", OSError("unreachable"))
    sent(officer)
    for _ in mailing.WAITS:
        assert Notice.objects.get().mail == WAITING
        deliver(recipient=officer.pk, now=timezone.now())

    assert (Notice.objects.get().mail, Notice.objects.get().mail_tries) == (GIVEN_UP, 6)


def test_a_second_delivery_sends_nothing(officer: User, sent: Any) -> None:
    sent(officer)

    assert deliver(recipient=officer.pk, now=timezone.now()) == 0
    assert len(mail.outbox) == 1


# --- Stopping --------------------------------------------------------------------------------------------------------------------
def _stop_address(letter: Any) -> str:
    header = letter.extra_headers["List-Unsubscribe"]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert header[0] + header[-1] == "<>"
    return str(header[1:-1]).removeprefix("http://127.0.0.1:8000")


def test_one_click_stops_that_kind_alone(officer: User, outsider: User, sent: Any) -> None:
    address = _stop_address(sent(officer)[0])
    program = Client(enforce_csrf_checks=True)

    asked = program.get(address)
    assert (asked.status_code, NoticeSetting.objects.count()) == (200, 0)
    for _ in range(2):
        assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    row = NoticeSetting.objects.get()
    assert (row.person, row.kind, row.inbox, row.mail) == (officer, OUTDATED, True, False)
    sent(officer, "2")
    assert (len(mail.outbox), Notice.objects.filter(in_inbox=True).count()) == (1, 2)


def test_stopping_keeps_the_inbox_as_chosen(officer: User) -> None:
    set_channels(actor=officer, wanted={(OUTDATED, INBOX): False, (OUTDATED, MAIL): True})

    Client().post(f"/inbox/stop/{tokens.token(officer.pk, OUTDATED)}/")

    row = NoticeSetting.objects.get()
    assert (row.inbox, row.mail) == (False, False)


@pytest.mark.parametrize("word", ["x", "W10:abc", "", "WzEsImEiXQ:forged"])
def test_a_wrong_link_says_so(client: Client, officer: User, word: str) -> None:
    word = word or tokens.token(officer.pk, "library.gone")

    for answer in (client.get(f"/inbox/stop/{word}/"), client.post(f"/inbox/stop/{word}/")):
        assert answer.status_code == 404
        assert "ลิงก์นี้ไม่สมบูรณ์" in answer.text
    assert NoticeSetting.objects.count() == 0


def test_the_word_of_one_is_not_that_of_another(officer: User, outsider: User) -> None:
    mine, theirs = tokens.token(officer.pk, OUTDATED), tokens.token(outsider.pk, OUTDATED)

    assert tokens.holder(mine.split(":")[0] + ":" + theirs.split(":")[1]) is None
    found = tokens.holder(mine)
    assert found is not None
    assert (found[0], found[1].code) == (officer, OUTDATED)
