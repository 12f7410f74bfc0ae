"""Questions for tests, asked and answered through the verbs.

question = ask(officer, "How?", community=c, visibility="community")
reply = answer(question, outsider)
"""

from datetime import datetime
from itertools import count
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kmportal.library.visibility import Visibility
from kmportal.people.models import User
from kmportal.people.roles import Role
from qa.actions import answering, asking
from qa.actions.asking import Circle, QuestionWords
from qa.models import Answer, Comment, Draft, Follow, Question, Report, Useful, Version, WorksForMe
from rewards.models import Transfer
from rewards.thankable import Thankable, kind_of
from tests.make.people import make_user

_numbers = count(1)


def _answers() -> Thankable:
    found = kind_of("answer")
    assert found is not None
    return found


ANSWERS = _answers()


def ask(
    actor: Any, title: str = "", *, visibility: str = "network", community: Any = None, anonymous: bool = False, **words: Any
) -> Question:
    """A question of its own words each time."""
    said = {"body": "<p>เคยลองแล้วยังไม่ได้ผล</p>", **words}
    question = asking.ask(
        actor=actor,
        words=QuestionWords(title=title or f"จะส่งมอบงานอย่างไรใน {next(_numbers)} สัปดาห์", **said),
        circle=Circle(visibility=Visibility(visibility), community=community),
        anonymous=anonymous,
    )
    question.refresh_from_db()
    return question


def answer(question: Question, actor: Any, body: str = "") -> Answer:
    """An answer of its own words each time."""
    return answering.answer(actor=actor, question=question, body=body or f"<p>ให้เล่าเรื่องเดียว {next(_numbers)}</p>")


def comment(post: Any, actor: Any, body: str = "") -> Comment:
    """A comment of its own words each time."""
    return answering.comment(actor=actor, post=post, body=body or f"<p>ขอแบบฟอร์มได้ไหม {next(_numbers)}</p>")


def moderator() -> User:
    return make_user(f"moderator-{next(_numbers)}@agency-b.example", given="กลั่นกรอง", role=Role.MODERATOR)


def asked_on(question: Question, moment: datetime) -> None:
    """As if it had been asked then."""
    Question.objects.filter(pk=question.pk).update(created_at=moment)


def fresh(thing: Any) -> Any:
    """As the database has it now, deleted or not."""
    return type(thing).objects.get(pk=thing.pk)


def rows() -> dict[str, int]:
    """How many rows there are of everything: refused means that nothing changed."""
    models: tuple[Any, ...] = (Question, Answer, Comment, Version, Useful, WorksForMe, Follow, Report, Draft, Transfer)
    return {model.__name__: model.objects.count() for model in models}


def queries(act: Any) -> int:
    with CaptureQueriesContext(connection) as caught:
        act()
    return len(caught)
