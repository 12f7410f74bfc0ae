"""People whom knowledge is credited to: speakers, tellers, experts. Most have no account; those who have one are linked to it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from kmportal.core.thai_order import ThaiOrder
from kmportal.people.names import person_order
from kmportal.people.querysets import PersonQuerySet
from kmportal.taxonomy.models import Topic

HANDLE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_handle() -> str:
    """Eight letters without look-alikes: short to type, and says nothing about the person."""
    return get_random_string(8, HANDLE_LETTERS)


class Person(models.Model):
    handle = models.SlugField(_("address"), max_length=20, unique=True, default=new_handle)
    prefix = models.CharField(_("prefix"), max_length=40, blank=True)
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    position = models.CharField(_("position"), max_length=160, blank=True)
    agency = models.ForeignKey(
        "people.Agency", models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("agency")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="people", verbose_name=_("topics of expertise"))
    about = models.TextField(_("about"), blank=True, max_length=1000)
    picture = models.ImageField(_("picture"), upload_to="faces/", blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person", verbose_name=_("account")
    )
    is_listed = models.BooleanField(_("shown to members"), default=True)
    is_public = models.BooleanField(_("shown to everybody"), default=False)
    key = models.CharField(max_length=170, db_index=True, editable=False)
    order = ThaiOrder(words=lambda person: person_order(person.given_name, person.family_name))

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.handle])

    @property
    def face_seed(self) -> str:
        """What the woven face is computed from: the account, as the menu shows it too, or the address."""
        return str(self.user_id) if self.user_id else self.handle

    @property
    def photo(self) -> str:
        """Address of the small picture, '' without one. The changing part lets browsers keep it until the picture changes."""
        return self._picture_url("small")

    @property
    def large_photo(self) -> str:
        return self._picture_url("large")

    def _picture_url(self, size: str) -> str:
        if not self.picture.name:
            return ""
        return f"{reverse('people:picture', args=[self.handle, size])}?v={self.picture.name[-13:-5]}"

    @property
    def formal_name(self) -> str:
        """With the prefix, as official papers write it."""
        gap = " " if self.prefix.endswith(".") else ""
        return f"{self.prefix}{gap}{self}"
