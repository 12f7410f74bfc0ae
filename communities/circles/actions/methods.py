"""Methods of circles: the shipped ones, new ones by copying, changes as new versions."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.circles.actions.ground import CircleError
from communities.circles.models import Template, TemplateVersion
from communities.circles.permissions import can_write_methods
from communities.circles.rules import checked_rounds
from kmportal.people.models import User

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "templates.json"
FIELDS = ("name", "name_en", "use_when", "use_when_en", "people", "people_en", "rules_th", "rules_en", "origin")


class NoName(CircleError):
    words = _("Give the method a name in Thai and in English.")


class ChangedMeanwhile(CircleError):
    words = _("Somebody else changed this method meanwhile. Load the page anew and look at their version first.")


@dataclass(frozen=True, kw_only=True)
class Method:
    """What a version of a method says; `rounds` as rules.checked_rounds takes them."""

    name: str
    name_en: str
    rounds: list[dict[str, Any]]
    use_when: str = ""
    use_when_en: str = ""
    people: str = ""
    people_en: str = ""
    rules_th: tuple[str, ...] = ()
    rules_en: tuple[str, ...] = ()
    origin: str = ""


@transaction.atomic
def load_templates() -> int:
    """Loads the shipped methods that are missing; gives how many. What a coordinator changed or retired stays as it is."""
    known = set(Template.objects.values_list("slug", flat=True))
    new = [one for one in json.loads(SHIPPED.read_text(encoding="utf-8"))["templates"] if one["slug"] not in known]
    for position, one in enumerate(new, 1):
        template = Template.objects.create(slug=one["slug"], position=position * 10, is_shipped=True)
        method = Method(**{key: one[key] for key in FIELDS}, rounds=one["rounds"])
        _write(template, None, method, "")
    return len(new)


@transaction.atomic
def copy_template(*, actor: User, template: Template) -> Template:
    """A method of one's own, with the words of another one to begin with.

    Raises:
        PermissionDenied
    """
    _require(actor)
    source = Template.objects.select_related("current").get(pk=template.pk, current__isnull=False)
    last = Template.objects.aggregate(last=Max("position"))["last"] or 0
    made = Template.objects.create(slug=_slug(source.slug), position=last + 10, copied_from=source)
    assert source.current is not None  # noqa: S101 - asked for above
    words = method_of(source.current)
    copied = Method(
        **{**vars(words), "name": gettext("%(name)s (copy)") % {"name": words.name}, "name_en": f"{words.name_en} (copy)"}
    )
    _write(made, actor, copied, "")
    return made


@transaction.atomic
def make_template(*, actor: User, method: Method) -> Template:
    """A new method.

    Raises:
        PermissionDenied, NoName, BadRounds
    """
    _require(actor)
    last = Template.objects.aggregate(last=Max("position"))["last"] or 0
    made = Template.objects.create(slug=_slug(method.name_en), position=last + 10)
    _write(made, actor, method, "")
    return made


@transaction.atomic
def change_template(*, actor: User, template: Template, seen: int, method: Method, note: str = "") -> TemplateVersion:
    """Writes the next version. Circles keep the one that they were opened with.

    Args:
        seen: number of the version that the actor changed.

    Raises:
        PermissionDenied, NoName, BadRounds, ChangedMeanwhile
    """
    _require(actor)
    current = Template.objects.select_for_update(of=("self",)).select_related("current").get(pk=template.pk)
    if current.current is None or current.current.number != seen:
        raise ChangedMeanwhile
    return _write(current, actor, method, note)


@transaction.atomic
def restore_version(*, actor: User, version: TemplateVersion) -> TemplateVersion:
    """Makes an earlier version the newest one again, by copying it: what came between stays readable.

    Raises:
        PermissionDenied
    """
    _require(actor)
    template = Template.objects.select_for_update(of=("self",)).get(pk=version.template_id)
    return _write(template, actor, method_of(version), gettext("Version %(number)s again") % {"number": version.number})


@transaction.atomic
def offer_template(*, actor: User, template: Template, offered: bool) -> Template:
    """Takes a method off the list for new circles, or puts it back.

    Raises:
        PermissionDenied
    """
    _require(actor)
    template.retired_at = None if offered else timezone.now()
    template.save(update_fields=["retired_at"])
    return template


def _slug(words: str) -> str:
    """A short name that no other method has."""
    return f"{slugify(words)[:30].strip('-') or 'method'}-{get_random_string(4, 'abcdefghjkmnpqrstuvwxyz23456789')}"


def method_of(version: TemplateVersion) -> Method:
    lists = {"rules_th": tuple(version.rules_th), "rules_en": tuple(version.rules_en)}
    return Method(**{**{key: getattr(version, key) for key in FIELDS}, **lists}, rounds=list(version.rounds))


def _write(template: Template, actor: User | None, method: Method, note: str) -> TemplateVersion:
    if not (method.name.strip() and method.name_en.strip()):
        raise NoName
    number = (template.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    words = {key: getattr(method, key).strip() for key in FIELDS if key not in {"rules_th", "rules_en"}}
    template.current = TemplateVersion.objects.create(
        template=template, number=number, **words, rules_th=list(method.rules_th), rules_en=list(method.rules_en),
        rounds=checked_rounds(method.rounds), note=note.strip()[:200], created_at=timezone.now(), created_by=actor,
    )  # fmt: skip
    template.save(update_fields=["current"])
    return template.current


def _require(actor: User) -> None:
    if not can_write_methods(actor):
        raise PermissionDenied
