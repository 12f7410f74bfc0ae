"""Nothing of a community is forgotten: every table stands in the export or says why not; every part gives signs of life."""

import json
from collections import deque
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from communities import exports, measures
from communities.measures import figures
from communities.models import Community
from communities.talk.actions.changing import take_out
from tests.make.communities import open_space
from tests.make.talk import make_channel, said

pytestmark = pytest.mark.django_db

IN_PART = {
    "community": {"communities.Community", "communities.Membership", "communities.JoinRequest", "communities.Invitation"},
    "talk": {"talk.Channel", "talk.Thread", "talk.Message", "talk.Reaction", "talk.Attachment"},
    "circles": {"circles.Circle", "circles.Part", "circles.Round", "circles.Said", "circles.Choice", "circles.Ballot"},
    "harvest": {"harvest.TalkDraft", "harvest.Statement", "harvest.Word", "harvest.Mark"},
    "interviews": {"interviews.Interview", "interviews.Question", "interviews.Recording", "interviews.Note"},
    "questions": {"qa.Question", "qa.Answer", "qa.Comment"},
    "commons": {
        "commons.Announcement", "commons.AnnouncementVersion", "commons.Reading", "commons.Event", "commons.Rsvp", "commons.Poll",
        "commons.PollQuestion", "commons.PollOption", "commons.Voter", "commons.NamedChoice", "commons.NamedText",
        "commons.SpaceDocument", "commons.DocumentVersion", "commons.ActionItem", "commons.ActionStep",
    },
}  # fmt: skip
LEFT_OUT = {
    "communities.Export": "the file itself",
    "communities.HandOver": "between two people; the roles that came of it are in the list of members",
    "talk.Event": "the order of what happened; the messages carry its numbers",
    "talk.Place": "how far each member has read: nobody's but theirs",
    "talk.Version": "earlier words of a message: what somebody changed, they did not want to have said",
    "circles.Turn": "who raised a hand when; gone with the moment",
    "circles.InGroup": "the groups stand as the threads in which they wrote",
}


def of_a_community() -> set[str]:
    """Labels of all models of these packages that lead to a community over keys that are always set."""
    reaching: set[Any] = {Community}
    queue: deque[Any] = deque(reaching)
    every = [model for model in apps.get_models() if model.__module__.startswith(("communities", "qa"))]
    while queue:
        goal = queue.popleft()
        for model in every:
            keys = [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
            if model not in reaching and any(key.related_model is goal and not key.null for key in keys):
                reaching.add(model)
                queue.append(model)
    return {model._meta.label for model in reaching}


def test_every_table_is_exported_or_says_why_not() -> None:
    known = set().union(*IN_PART.values()) | set(LEFT_OUT)
    assert of_a_community() - known == set()
    assert {name for name, _part in exports.every()} == set(IN_PART)


def test_every_part_writes_files_that_open(coordinator: Any, officer: Any) -> None:
    space = open_space(coordinator, officer)
    for name, part in exports.every():
        for path, content in part(space):
            assert isinstance(content, bytes), (name, path)
            if path.endswith(".json"):
                json.loads(content)


def test_talk_gives_signs_of_life(coordinator: Any, officer: Any, colleague: Any) -> None:
    space = open_space(coordinator, officer, colleague)
    assert measures.latest(space) is None
    channel = make_channel(space)
    said(officer, channel)
    gone = said(colleague, channel)
    assert measures.active(space, space.created_at) == 2
    moment = measures.latest(space)
    assert moment == gone.created_at
    take_out(actor=colleague, message=gone)
    assert measures.active(space, space.created_at) == 1
    labels = [str(label) for label, _figure in figures(space)]
    assert [label in labels for label in ("สมาชิกที่มีส่วนร่วม", "บทเรียนที่ถอดได้")] == [True, True]
