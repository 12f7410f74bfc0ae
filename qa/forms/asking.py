"""What the ask page asks: the words, what they are filed under, who may read them, and in whose name."""

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models import Community
from kmportal.core.choices import SeveralField
from kmportal.core.richtext import RichTextArea, RichTextField, Typed
from kmportal.library.models import Item, KnowledgePage
from kmportal.library.visibility import Visibility
from kmportal.people.models import User
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic
from qa.actions.asking import Circle, QuestionWords
from qa.models import Draft, Question
from qa.models.posts import LONGEST_TITLE

NAMED, UNNAMED = "name", "none"
# What a question may be about, as an address says it: page-12, item-7.
KINDS: dict[str, Any] = {"page": KnowledgePage, "item": Item}
_ABOUT = re.compile(r"(page|item)-([1-9][0-9]{0,17})")
_DRAFTED = ("topics", "category", "codes", "visibility", "community", "signed", "about")
_USUAL = {"signed": NAMED, "visibility": Visibility.NETWORK.value}


def about_named(name: str, user: Any) -> Any:
    """The page or statement that "page-12" or "item-7" names, if this person may read it."""
    named = _ABOUT.fullmatch(name)
    return KINDS[named[1]].objects.visible_to(user).filter(pk=int(named[2])).first() if named else None


def name_of(thing: Any) -> str:
    """The other way round."""
    kind = "page" if isinstance(thing, KnowledgePage) else "item"
    return f"{kind}-{thing.pk}"


class FiledForm(forms.Form):
    """The words of a question and what they are filed under; shared by asking and editing."""

    title = forms.CharField(
        label=_("What would you like to know?"),
        max_length=LONGEST_TITLE,
        help_text=_("One sentence that ends in a question."),
        error_messages={"required": _("Put your question into one sentence.")},
        widget=forms.TextInput(attrs={"class": "ask-title", "autocomplete": "off"}),
    )
    body = RichTextField(
        label=_("Tell us more"),
        required=False,
        help_text=_("How it is done now, what you have tried, and where it gets stuck."),
        widget=RichTextArea(attrs={"rows": 7}, people=reverse_lazy("qa:mentionable"), pictures=reverse_lazy("pictures:put_in")),
    )
    category = forms.MultipleChoiceField(
        label=_("Which PMQA category is it about?"), required=False, choices=[(n, n) for n in PmqaCategory.NUMBERS]
    )
    codes = SeveralField(label=_("PMQA codes"), queryset=PmqaCode.objects.none(), required=False)
    topics = SeveralField(label=_("Topics"), queryset=Topic.objects.all(), required=False, widget=forms.CheckboxSelectMultiple)
    about = forms.CharField(label=_("This question is about"), required=False, max_length=30)

    def __init__(self, *args: Any, user: Any, post: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.post = user, post
        codes = self.fields["codes"]
        assert isinstance(codes, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        # Those of the edition in force, and those of an earlier one that stand there.
        offered = Q(category__edition__is_current=True) | Q(pk__in=post.codes.values("pk") if post else [])
        codes.queryset = PmqaCode.objects.filter(offered).select_related("category")

    def clean_about(self) -> Any:
        """The thing itself. What has gone meanwhile stays an error: the person should know before they ask."""
        name = self.cleaned_data["about"]
        if not name:
            return None
        thing = about_named(name, self.user)
        if thing is None:
            raise forms.ValidationError(_("What the question is about cannot be found. It may have moved."))
        return thing

    @property
    def about_thing(self) -> Any:
        """For the template: what is named now, whether the form was sent or not."""
        return about_named(str(self["about"].value() or ""), self.user)

    @property
    def code_groups(self) -> list[tuple[PmqaCategory, list[tuple[PmqaCode, bool]]]]:
        """For the template: the codes of the edition in force under their categories, and which are chosen."""
        chosen = {str(getattr(key, "pk", key)) for key in self["codes"].value() or []}
        groups: dict[PmqaCategory, list[tuple[PmqaCode, bool]]] = {}
        for code in self.fields["codes"].queryset:  # type: ignore[attr-defined]  # the field above
            groups.setdefault(code.category, []).append((code, str(code.pk) in chosen))
        return sorted(groups.items(), key=lambda group: group[0].number)

    @property
    def has_codes_chosen(self) -> bool:
        return bool(self["codes"].value())

    def words(self) -> QuestionWords:
        """What the verbs take."""
        data = self.cleaned_data
        offered = Q(edition__is_current=True) | Q(pk__in=self.post.categories.values("pk") if self.post else [])
        categories = PmqaCategory.objects.filter(offered, number__in=data["category"])
        return QuestionWords(
            title=data["title"], body=data["body"], topics=list(data["topics"]), codes=list(data["codes"]),
            categories=list(categories), about=self.post.about if self.post else data["about"],
        )  # fmt: skip


class AskForm(FiledForm):
    """A new question."""

    visibility = forms.ChoiceField(label=_("Who may read it?"), initial=Visibility.NETWORK, widget=forms.RadioSelect)
    community = forms.ModelChoiceField(
        label=_("Community of practice"),
        queryset=Community.objects.none(),
        required=False,
        empty_label=pgettext_lazy("community", "None"),
        help_text=_("Its members find the question in their community."),
    )
    signed = forms.ChoiceField(label=_("In whose name?"), initial=NAMED, choices=[(NAMED, NAMED), (UNNAMED, UNNAMED)])
    # Whoever has seen what was asked before is not asked again.
    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        own = Community.objects.of(user).living().order_by("name")
        community, visibility = self.fields["community"], self.fields["visibility"]
        assert isinstance(community, forms.ModelChoiceField) and isinstance(visibility, forms.ChoiceField)  # noqa: S101 - as above
        community.queryset = own
        self.circles = list(_circles(user, has_community=bool(own)))
        visibility.choices = [(value, label) for value, label, _words in self.circles]
        if not own:
            del self.fields["community"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("visibility") != Visibility.COMMUNITY or "community" in self.errors:
            return data
        if data.get("community") is None:
            self.add_error("community", _("Choose the community whose members may read it."))
        return data

    def circle(self) -> Circle:
        data = self.cleaned_data
        return Circle(visibility=Visibility(data["visibility"]), community=data.get("community"))

    @property
    def is_anonymous(self) -> bool:
        return bool(self.cleaned_data["signed"] == UNNAMED)

    @property
    def unnamed(self) -> bool:
        """For the template, as the next two."""
        return bool(self["signed"].value() == UNNAMED)

    @property
    def named(self) -> bool:
        return not self.unnamed

    @property
    def own_name(self) -> str:
        return f"{self.user} · {self.user.agency}" if self.user.agency else str(self.user)

    @property
    def chosen_circles(self) -> list[tuple[str, Any, Any, bool]]:
        """For the template: value, label, who that is, whether it is chosen."""
        chosen = self["visibility"].value()
        return [(value, label, words, value == chosen) for value, label, words in self.circles]

    @classmethod
    def of_draft(cls, draft: Draft, user: Any) -> "AskForm":
        """Filled with what was begun."""
        kept = {name: draft.fields[name] for name in _DRAFTED if draft.fields.get(name)}
        return cls(user=user, initial={**kept, "title": draft.title, "body": draft.body})

    def draft_fields(self) -> dict[str, Any]:
        """What a draft keeps besides title and body: as it stands, right or wrong."""
        found: dict[str, Any] = {}
        for name in _DRAFTED:
            value = self[name].value() if name in self.fields else None
            if value and value != _USUAL.get(name):
                found[name] = [str(one)[:40] for one in value[:40]] if isinstance(value, list) else str(value)[:40]
        return found

    def draft_body(self) -> str:
        """The text as HTML.

        Raises:
            ValidationError: it is too long.
        """
        value = self["body"].value()
        field = self.fields["body"]
        assert isinstance(field, RichTextField) and isinstance(value, Typed)  # noqa: S101 - a draft is made of what was sent
        return field.to_python(value)

    def draft_title(self) -> str:
        return str(self["title"].value() or "").replace("\x00", "")[:LONGEST_TITLE]


def _circles(user: User, has_community: bool) -> Any:
    """Value, label and, in plain words, who reads it; of the circles that this person can ask in."""
    if not user.is_guest:
        yield Visibility.NETWORK.value, Visibility.NETWORK.label, _("Everybody who has an account here, from every agency.")
    if user.agency is not None:
        words = _("Only people of %(agency)s and the network coordinators.") % {"agency": user.agency}
        yield Visibility.AGENCY.value, pgettext_lazy("who may read", "My agency"), words
    if has_community:
        members = _("Only the members of the community that you choose below.")
        yield Visibility.COMMUNITY.value, pgettext_lazy("who may read", "A community of mine"), members
    if not user.is_guest:
        yield Visibility.PUBLIC.value, Visibility.PUBLIC.label, _("Everybody, also without an account; search engines find it.")
