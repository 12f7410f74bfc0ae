from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Accounts, agencies, people whom knowledge is credited to, and roles."""

    name = "kmportal.people"
    label = "people"
    verbose_name = _("People and agencies")
