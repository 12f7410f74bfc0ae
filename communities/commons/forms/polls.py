"""Forms of polls: what is asked, and the ballot."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.commons.actions.polls import LONGEST_TEXT, MOST_QUESTIONS, Asked, PollWords, Vote
from communities.commons.forms.fields import DayField, rich
from communities.commons.models import Poll, PollQuestion
from communities.commons.models.shared import LONGEST_TITLE
from kmportal.people.models import User

Kind = PollQuestion.Kind
LAST_MINUTE = time(23, 59)
UNNAMED, NAMED = "unnamed", "named"


class PollForm(forms.Form):
    title = forms.CharField(label=_("What the poll is about"), max_length=LONGEST_TITLE)
    until = DayField(label=_("Open until the end of"))
    signed = forms.ChoiceField(
        label=_("Names"), widget=forms.RadioSelect, initial=UNNAMED,
        choices=[
            (UNNAMED, _("Anonymous: who said what is not stored. A vote cannot be changed.")),
            (NAMED, _("With names: members see who said what. A vote can be changed until the end.")),
        ],
    )  # fmt: skip
    shown = forms.ChoiceField(
        label=_("Results are shown"), widget=forms.RadioSelect, choices=Poll.Shown.choices, initial=Poll.Shown.VOTED
    )
    field_order = ("title", "body", "until", "signed", "shown")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = rich(_("What members should know first"), required=False, rows=3)
        self.order_fields(self.field_order)

    def words(self, questions: list[Asked]) -> PollWords:
        said = self.cleaned_data
        until = timezone.make_aware(datetime.combine(said["until"], LAST_MINUTE))
        return PollWords(
            title=said["title"], body=said["body"], closes_at=until, anonymous=said["signed"] == UNNAMED, shown=said["shown"],
            questions=questions,
        )  # fmt: skip


class QuestionForm(forms.Form):
    words = forms.CharField(label=_("Question"), required=False, max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("How it is answered"), choices=Kind.choices, initial=Kind.SINGLE, required=False)
    options = forms.CharField(
        label=_("Answers to choose from"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line. A scale and a short text need none."),
    )  # fmt: skip

    def asked(self) -> Asked | None:
        """The question, or None where nothing was written."""
        said = self.cleaned_data
        if not said.get("words", "").strip():
            return None
        return Asked(kind=said["kind"] or Kind.SINGLE, words=said["words"], options=said["options"].splitlines())


QuestionForms = forms.formset_factory(
    QuestionForm, extra=0, min_num=2, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS, validate_max=True
)


def more(data: Any) -> Any:
    """What was typed, with room for one question more."""
    typed = data.copy()
    number = QuestionForms(data, prefix="q").total_form_count()
    typed["q-TOTAL_FORMS"] = str(min(number + 1, MOST_QUESTIONS))
    return typed


class BallotForm(forms.Form):
    """The questions of a poll. A named vote is filled in as it stands."""

    def __init__(self, poll: Poll, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.questions = list(poll.questions.prefetch_related("options"))
        options, texts = _said_by(poll, user)
        for question in self.questions:
            field = _field(question)
            here = [str(option.pk) for option in question.options.all() if option.pk in options]
            field.initial = texts.get(question.pk, "") if question.kind == Kind.TEXT else here
            if question.kind not in {Kind.TEXT, Kind.MULTIPLE}:
                field.initial = here[0] if here else None
            self.fields[f"q{question.pk}"] = field

    def vote(self) -> Vote:
        chosen: set[int] = set()
        texts: dict[int, str] = {}
        for question in self.questions:
            said = self.cleaned_data[f"q{question.pk}"]
            if question.kind == Kind.TEXT:
                texts[question.pk] = said
            else:
                chosen |= {int(one) for one in (said if isinstance(said, list) else [said])}
        return Vote(options=frozenset(chosen), texts=texts)


def _said_by(poll: Poll, user: User) -> tuple[set[int], dict[int, str]]:
    voter = None if poll.anonymous else poll.voters.filter(user=user).first()
    if voter is None:
        return set(), {}
    return set(voter.choices.values_list("option", flat=True)), dict(voter.texts.values_list("question", "text"))


def _field(question: PollQuestion) -> forms.Field:
    if question.kind == Kind.TEXT:
        area = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(label=question.words, required=False, max_length=LONGEST_TEXT, widget=area)
    choices = [(str(option.pk), option.words) for option in question.options.all()]
    missing = {"required": _("Choose an answer.")}
    if question.kind == Kind.MULTIPLE:
        return forms.MultipleChoiceField(
            label=question.words, choices=choices, widget=forms.CheckboxSelectMultiple, error_messages=missing,
            help_text=_("Choose as many as you like."),
        )  # fmt: skip
    words = _("1 means not at all, 5 means very much.") if question.kind == Kind.SCALE else ""
    return forms.ChoiceField(
        label=question.words, choices=choices, widget=forms.RadioSelect, error_messages=missing, help_text=words
    )
