"""What is written into a channel, and changes of it."""

from collections.abc import Sequence
from typing import IO, Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from communities.talk.actions.changing import LONGEST_REASON
from communities.talk.actions.reporting import LONGEST_REPORT
from communities.talk.actions.saying import NothingSaid, Words
from communities.talk.models import Channel, Message
from kmportal.core.richtext import RichTextArea, RichTextField

LARGEST = 2**53


def text(channel: Channel, label: Any, rows: int) -> RichTextField:
    """The box for a text, with the editor over it; who can be named in it are the members."""
    people = reverse("talk:people", args=[channel.community.slug, channel.pk])
    area = RichTextArea({"rows": rows}, people=people, pictures=reverse_lazy("pictures:put_in"))
    help_text = _("Name a member with @ and the name, then a space: they hear of it.")
    return RichTextField(label=label, required=False, widget=area, help_text=help_text)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; how many are taken says the verb."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class SayForm(forms.Form):
    """A message. `cid` is the name that it has from the moment its form was made: a form sent twice is one message."""

    body = RichTextField(label=_("Message"), required=False)
    files = FilesField(  # type: ignore[assignment]  # the name of the field; what was sent is asked of cleaned_data alone
        label=_("Pictures and files"), required=False
    )
    cid = forms.UUIDField(widget=forms.HiddenInput)
    thread = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    quote = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
    promise = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, channel: Channel | None = None, **kwargs: Any) -> None:
        """With a channel the box has the editor; without one it is the plain box below the stream."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("cid", uuid4())
        if channel is not None:
            self.fields["body"] = text(channel, _("Message"), 8)

    def words(self) -> Words:
        said = self.cleaned_data
        return Words(
            client_id=said["cid"], body=said["body"], thread=said["thread"], quote=said["quote"], promise=said["promise"]
        )

    def uploads(self) -> Sequence[tuple[str, int, IO[bytes]]]:
        return [(file.name or "", file.size or 0, file) for file in self.cleaned_data["files"]]

    def problem(self) -> str:
        """What is wrong, in one line, for a script."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class EditForm(forms.Form):
    def __init__(self, data: Any, *, message: Message) -> None:
        super().__init__(data, initial={"body": message.body})
        self.fields["body"] = text(message.channel, _("Message"), 8)
        self.fields["body"].required = not message.files.all()
        self.fields["body"].error_messages["required"] = NothingSaid.words


class DeleteForm(forms.Form):
    """Only who deletes what others wrote says why."""

    why = forms.CharField(
        label=_("Why it has to go"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Its author reads this, and it stands in the book of what staff do."),
    )  # fmt: skip


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it"), max_length=LONGEST_REPORT, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say it in a sentence: without a reason nobody can mend it.")},
    )  # fmt: skip
