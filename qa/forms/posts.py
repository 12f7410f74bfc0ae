"""What is written below questions, and changes of posts."""

from typing import Any, Protocol

from django import forms
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from kmportal.core.richtext import RichTextArea, RichTextField
from kmportal.people.models import User
from qa.actions import editing
from qa.actions.ground import NoText, newest_version
from qa.actions.reporting import LONGEST_REASON
from qa.forms.asking import FiledForm
from qa.models import Answer, Comment, Question
from qa.models.posts import Post

LONGEST_NOTE = 300


def _text(label: Any, *, rows: int, question: Question | None = None, required: bool = True) -> RichTextField:
    """The box for a text, with the editor over it; who can be named in it are those who may read the question."""
    people = f"{reverse('qa:mentionable')}?question={question.pk}" if question else ""
    area = RichTextArea({"rows": rows}, people=people, pictures=reverse_lazy("pictures:put_in"))
    return RichTextField(label=label, required=required, widget=area, error_messages={"required": NoText.words})


class BodyForm(forms.Form):
    """An answer or a comment."""

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = _text(_("Your text"), rows=7, question=question)

    @property
    def html(self) -> str:
        return str(self.cleaned_data["body"])

    def begun(self) -> str:
        """What there is of it, for a draft.

        Raises:
            ValidationError: it is too long.
        """
        field = self.fields["body"]
        assert isinstance(field, RichTextField)  # noqa: S101 - for the type checker
        return field.to_python(self["body"].value())


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
    """What every change says besides the new words."""

    post: Any
    note = forms.CharField(
        label=_("What changed and why"), required=False, max_length=LONGEST_NOTE,
        help_text=_("One short line for whoever reads the history."),
    )  # fmt: skip
    seen = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)

    @property
    def said(self) -> dict[str, Any]:
        return {"seen": self.cleaned_data["seen"], "note": self.cleaned_data["note"]}


class ReplyForm(_Editing):
    """Changes an answer or a comment."""

    field_order = ("body", "note", "seen")

    def __init__(self, post: Answer | Comment, data: Any) -> None:
        self.post = post
        super().__init__(data, initial={"body": post.body, "seen": newest_version(post)})
        self.fields["body"] = _text(_("Text"), rows=10, question=post.question)
        self.order_fields(self.field_order)

    def write(self, *, actor: User) -> Post:
        body = self.cleaned_data["body"]
        if isinstance(self.post, Answer):
            return editing.edit_answer(actor=actor, answer=self.post, body=body, **self.said)
        return editing.edit_comment(actor=actor, comment=self.post, body=body, **self.said)


class QuestionForm(_Editing, FiledForm):
    """Changes the words of a question and what it is filed under; what it is about stays."""

    def __init__(self, post: Question, data: Any) -> None:
        self.post = post
        numbers = list(dict.fromkeys(post.categories.values_list("number", flat=True)))
        stands = {"title": post.title, "body": post.body, "seen": newest_version(post), "category": numbers}
        filed = {"topics": post.topics.all(), "codes": list(post.codes.values_list("pk", flat=True))}
        super().__init__(data, initial={**stands, **filed}, user=None, post=post)
        self.fields["body"] = _text(self.fields["body"].label, rows=10, question=post, required=False)
        del self.fields["about"]

    def write(self, *, actor: User) -> Post:
        return editing.edit_question(actor=actor, question=self.post, words=self.words(), **self.said)


def edit_form(post: Question | Answer | Comment, data: Any) -> PostForm:
    """The form that changes this post."""
    return QuestionForm(post, data) if isinstance(post, Question) else ReplyForm(post, data)
