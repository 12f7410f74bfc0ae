"""What is written below questions, and changes of posts."""

from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from kmportal.core import clean
from kmportal.people.models import User
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic
from qa.actions import editing
from qa.actions.asking import QuestionWords
from qa.actions.ground import newest_version
from qa.actions.reporting import LONGEST_REASON
from qa.models import Answer, Comment, Question
from qa.models.posts import LONGEST_TITLE, Post

LONGEST_NOTE = 300


def _html(text: str) -> str:
    """What the editor sent, or what was typed into a plain box."""
    return text if "</" in text else str(clean.plain(text))


class BodyForm(forms.Form):
    """An answer or a comment. That it is not empty is for the verb to say."""

    body = forms.CharField(label=_("Your text"), required=False, widget=forms.Textarea(attrs={"rows": 7}))

    @property
    def html(self) -> str:
        return _html(self.cleaned_data["body"])


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("What happened"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say it in a sentence: without a reason nobody can mend it.")},
    )  # fmt: skip


class PostForm(Protocol):
    """A form that changes a post."""

    is_bound: bool

    def is_valid(self) -> bool: ...

    def add_error(self, field: str | None, error: Any) -> None: ...

    def write(self, *, actor: User) -> Post: ...


class _Editing(forms.Form):
    body = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 10}))
    note = forms.CharField(
        label=_("What changed and why"), required=False, max_length=LONGEST_NOTE,
        help_text=_("One short line for whoever reads the history."),
    )  # fmt: skip
    seen = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)

    def __init__(self, post: Any, data: Any) -> None:
        self.post = post
        super().__init__(data, initial=self.written())

    def written(self) -> dict[str, Any]:
        """The post as it stands."""
        return {"body": self.post.body, "seen": newest_version(self.post)}

    @property
    def said(self) -> dict[str, Any]:
        return {"seen": self.cleaned_data["seen"], "note": self.cleaned_data["note"]}


class ReplyForm(_Editing):
    """Changes an answer or a comment."""

    def write(self, *, actor: User) -> Post:
        body = _html(self.cleaned_data["body"])
        if isinstance(self.post, Answer):
            return editing.edit_answer(actor=actor, answer=self.post, body=body, **self.said)
        return editing.edit_comment(actor=actor, comment=self.post, body=body, **self.said)


class QuestionForm(_Editing):
    """Changes the words of a question and what it is filed under."""

    title = forms.CharField(label=_("Question"), max_length=LONGEST_TITLE)
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )
    categories = forms.ModelMultipleChoiceField(
        PmqaCategory.objects.select_related("edition").filter(edition__is_current=True), label=_("PMQA categories"),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    codes = forms.ModelMultipleChoiceField(
        PmqaCode.objects.select_related("category__edition"), label=_("PMQA codes"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )  # fmt: skip
    field_order = ("title", "body", "topics", "categories", "codes", "note", "seen")

    def written(self) -> dict[str, Any]:
        filed = {name: getattr(self.post, name).all() for name in ("topics", "categories", "codes")}
        return {**super().written(), "title": self.post.title, **filed}

    def write(self, *, actor: User) -> Post:
        sent = self.cleaned_data
        filed = {name: sent[name] for name in ("topics", "categories", "codes")}
        words = QuestionWords(title=sent["title"], body=_html(sent["body"]), about=self.post.about, **filed)
        return editing.edit_question(actor=actor, question=self.post, words=words, **self.said)


def edit_form(post: Question | Answer | Comment, data: Any) -> PostForm:
    """The form that changes this post."""
    return QuestionForm(post, data) if isinstance(post, Question) else ReplyForm(post, data)
