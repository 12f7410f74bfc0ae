"""Accounts. What others see of a person stands in Person; this is who may sign in, and which agency their rights come from."""

from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kmportal.people.roles import Role


class UserManager(BaseUserManager["User"]):
    """Accounts are named by their mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    username = None  # type: ignore[assignment]  # Django's own way to drop the field
    email = models.EmailField(_("e-mail"), unique=True)
    agency = models.ForeignKey(
        "people.Agency", models.SET_NULL, null=True, blank=True, related_name="accounts", verbose_name=_("agency"),
        help_text=_("Decides what the person may read: set by the mail domain, or by a coordinator."),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=5, choices=[("th", "ไทย"), ("en", "English")], default="th")
    is_guest = models.BooleanField(
        _("guest"), default=False,
        help_text=_("Came in by an invitation and reads that community and what is public, until a coordinator gives an agency."),
    )  # fmt: skip

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()  # type: ignore[misc,assignment]  # AbstractUser's manager wants the username that we dropped

    class Meta:
        ordering = ["email"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="people_user_email_once")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @cached_property
    def role_names(self) -> frozenset[str]:
        """Names of the groups; one query, kept for the request."""
        return frozenset(self.groups.values_list("name", flat=True))

    def has_role(self, *roles: Role) -> bool:
        return any(role.value in self.role_names for role in roles)

    @cached_property
    def leads_a_community(self) -> bool:
        """Whether the person is facilitator anywhere; one query, kept for the request."""
        return bool(self.memberships.filter(role="facilitator").exists())

    @cached_property
    def agency_ids(self) -> frozenset[int]:
        """The person's agency and all that it is part of: content kept to one of these is theirs to read. One query."""
        from kmportal.people.models.agencies import Agency  # noqa: PLC0415 - sibling module of the same package

        if self.agency_id is None:
            return frozenset()
        agency = Agency.objects.select_related("parent__parent__parent").filter(pk=self.agency_id).first()
        return frozenset(above.pk for above in agency.lineage()) if agency else frozenset()


class EmailDomain(models.Model):
    """A mail domain whose holders may sign up, and the agency they then belong to."""

    domain = models.CharField(_("mail domain"), max_length=120, unique=True)
    agency = models.ForeignKey(
        "people.Agency", models.CASCADE, null=True, blank=True, related_name="domains", verbose_name=_("agency")
    )

    class Meta:
        ordering = ["domain"]
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")

    def __str__(self) -> str:
        return self.domain
