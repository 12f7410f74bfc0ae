"""What the inbox asks of its reader: a filter in the address, and where each kind should go."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.inbox.kinds import CHANNELS, INBOX, Kind, concerning
from kmportal.inbox.models import NoticeSetting
from kmportal.people.models import User

LARGEST_KEY = 2**63 - 1


class _Forgiving(forms.Form):
    """Values from an address: what cannot be read counts as not given."""

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound and (self.is_valid() or name in self.cleaned_data) else None


class FilterForm(_Forgiving):
    """?unread=1&kind=…&before=…; `marked` is the moment that an undo would take back."""

    kind = forms.ChoiceField(label=_("Kind of notice"), required=False)
    unread = forms.BooleanField(required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)
    marked = forms.CharField(required=False, max_length=40)

    @classmethod
    def of(cls, user: User, data: Any) -> "FilterForm":
        form = cls(data)
        field = form.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", pgettext_lazy("kinds of notices", "All kinds")), *_by_group(concerning(user))]
        return form

    def clean_marked(self) -> str:
        return self.cleaned_data["marked"] if moment_of(self.cleaned_data["marked"]) else ""


class MarkForm(_Forgiving):
    """Which ones to mark: up to this row, of this kind; `moment` takes a marking back."""

    kind = forms.CharField(required=False, max_length=40)
    upto = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY)
    moment = forms.CharField(required=False, max_length=40)

    def clean_moment(self) -> datetime | None:
        return moment_of(self.cleaned_data["moment"])


def moment_of(text: str) -> datetime | None:
    """The time in ISO with its zone; None for anything else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _by_group(kinds: list[Kind]) -> list[tuple[str, list[tuple[str, Any]]]]:
    ordered = sorted(kinds, key=lambda kind: str(kind.group))
    return [
        (name, [(kind.code, kind.label) for kind in members])
        for name, members in groupby(ordered, key=lambda kind: str(kind.group))
    ]


class ChannelsForm(forms.Form):
    """Two boxes for each kind that can reach this person."""

    def __init__(self, *args: Any, kinds: list[Kind], chosen: dict[str, NoticeSetting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            for channel in CHANNELS:
                row: Any = chosen.get(kind.code, kind)
                self.fields[f"{channel}:{kind.code}"] = forms.BooleanField(
                    label=_("In the inbox") if channel == INBOX else _("By mail"),
                    required=False,
                    initial=getattr(row, channel) or kind.is_fixed(channel),
                    disabled=kind.is_fixed(channel),
                )

    @classmethod
    def of(cls, user: User, data: Any = None) -> "ChannelsForm":
        chosen = {row.kind: row for row in NoticeSetting.objects.filter(person=user)}
        return cls(data, kinds=concerning(user), chosen=chosen)

    def wanted(self) -> dict[tuple[str, str], bool]:
        return {(kind.code, channel): self.cleaned_data[f"{channel}:{kind.code}"] for kind in self.kinds for channel in CHANNELS}

    def groups(self) -> Iterator[tuple[str, list[tuple[Kind, list[forms.BoundField]]]]]:
        """For the template: each heading with its kinds and their two boxes."""
        for name, members in groupby(sorted(self.kinds, key=lambda kind: str(kind.group)), key=lambda kind: str(kind.group)):
            yield name, [(kind, [self[f"{channel}:{kind.code}"] for channel in CHANNELS]) for kind in members]
