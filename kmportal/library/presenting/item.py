"""One statement for reading: where it was said and by whom, what was made of it, who else said it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from kmportal.library import echoes
from kmportal.library.criteria import Taxonomy
from kmportal.library.models import Item, KnowledgePage, LessonSource
from kmportal.library.permissions import can_make_lesson
from kmportal.library.presenting.kinds import KINDS, KindLook
from kmportal.people.models import Person
from kmportal.taxonomy.models import PmqaCode


@dataclass
class ItemReading:
    item: Item
    look: KindLook
    speakers: list[Person]
    strip: list[str]
    codes: list[PmqaCode]
    lessons: list[Any]
    echoes: list[Item]
    can_make_lesson: bool


def read(request: HttpRequest, item: Item) -> ItemReading:
    """What the page of one statement shows. `item` comes with its page and talk."""
    user = request.user
    taxonomy = Taxonomy.current()
    shown = Person.objects.visible_to(user).filter(pk=OuterRef("pk"))
    speakers = list(item.talk.speakers.annotate(is_shown=Exists(shown))) if item.talk else []
    visible = KnowledgePage.objects.visible_to(user).current().values("pk")
    links = LessonSource.objects.filter(item=item, page__in=visible).select_related("page__agency").order_by("page__title", "pk")
    categories = Item.categories.through.objects.filter(item=item).values_list("pmqacategory_id", flat=True)
    codes = Item.codes.through.objects.filter(item=item).values_list("pmqacode_id", flat=True)
    return ItemReading(
        item,
        KINDS[item.kind],
        speakers,
        strip=[taxonomy.categories[pk].number for pk in categories if pk in taxonomy.categories],
        codes=[taxonomy.codes[pk] for pk in codes if pk in taxonomy.codes],
        lessons=[link.page for link in links],
        echoes=echoes.of_item(item, user),
        can_make_lesson=can_make_lesson(user),
    )
