"""What templates ask questions and answers for. Each tag fetches what one template shows; none asks once per row."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from kmportal.core import clean
from kmportal.library.models import Item, KnowledgePage
from kmportal.people.models import Agency, Person
from qa import listing
from qa.forms.asking import name_of
from qa.models import Answer, Harvest, Question
from qa.permissions import can_ask

register = template.Library()
MOST_ABOUT, MOST_HOME, MOST_ANSWERS = 5, 3, 4


@register.filter
def written(body: str) -> SafeString:
    """`{{ answer.body|written }}`: the text of a post. It was made safe when it was written, and passes the wall again."""
    return clean.again(body)


@register.inclusion_tag("qa/_about.html", takes_context=True)
def questions_about(context: Context, thing: KnowledgePage | Item) -> dict[str, Any]:
    """`{% questions_about page %}`: what was asked about a page or a statement, and the way to ask. Nothing of a page that is not live."""
    user = context["request"].user
    there = isinstance(thing, Item) or (thing.pk is not None and thing.live)
    found = list(Question.objects.visible_to(user).open().about(thing).active()[: MOST_ABOUT + 1]) if there else []
    rows = listing.rows_of(user, found[:MOST_ABOUT]) if found else []
    about = name_of(thing) if there and can_ask(user) else ""
    return {"rows": rows, "has_more": len(found) > MOST_ABOUT, "about": about, "request": context["request"]}


@register.inclusion_tag("qa/_origin.html", takes_context=True)
def lesson_origin(context: Context, page: Any) -> dict[str, Any]:
    """`{% lesson_origin page %}`: the question whose answer a lesson was made from, if the reader may see it. One query."""
    found = Harvest.objects.visible_to(context["request"].user).filter(lesson=page.pk) if page.pk else Harvest.objects.none()
    made = found.select_related("answer__question").first()
    return {"answer": made.answer if made else None}


@register.inclusion_tag("qa/_home.html", takes_context=True)
def questions_of_home(context: Context) -> dict[str, Any]:
    """`{% questions_of_home %}`: the newest questions, and those that nobody has answered for three working days."""
    user = context["request"].user
    seen = Question.objects.visible_to(user).open()
    late = list(seen.needs_attention(timezone.now()).order_by("created_at", "pk")[:MOST_HOME])
    new = list(seen.exclude(pk__in=[one.pk for one in late]).newest()[:MOST_HOME])
    rows = listing.rows_of(user, [*late, *new]) if late or new else []
    return {"late": rows[: len(late)], "new": rows[len(late) :], "may_ask": can_ask(user), "request": context["request"]}


@register.inclusion_tag("qa/_of_person.html", takes_context=True)
def answers_of(context: Context, person: Person) -> dict[str, Any]:
    """`{% answers_of person %}`: how many questions somebody answered under their name, how many of these helped, and the newest.

    Two queries for account holders; of what the reader may see alone.
    """
    shown: dict[str, Any] = {"person": person, "total": 0, "request": context["request"]}
    if person.user_id is None or not context["request"].user.is_authenticated:
        return shown
    answers = Answer.objects.visible_to(context["request"].user).filter(author=person.user_id, anonymous=False)
    numbers = answers.helped()
    newest = answers.select_related("question").order_by("-created_at", "-pk")[:MOST_ANSWERS] if numbers["total"] else []
    return shown | numbers | {"answers": newest}


@register.inclusion_tag("qa/_of_agency.html", takes_context=True)
def questions_of_agency(context: Context, agency: Agency) -> dict[str, Any]:
    """`{% questions_of_agency agency %}`: how many questions the agency asked, and how many its people answered for others."""
    user = context["request"].user
    if not user.is_authenticated:
        return {"agency": agency, "asked": 0, "answered": 0}
    asked = Question.objects.visible_to(user).open().of_agency(agency).count()
    answers = Answer.objects.visible_to(user).filter(author__agency__in=Agency.objects.within(agency), anonymous=False)
    return {"agency": agency, "asked": asked, "answered": answers.count()}
