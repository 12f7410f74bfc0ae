"""The roles of the portal. Each is a group of the same name; docs/PERMISSIONS.md says what each may do.

CoP roles (facilitator, note-taker, practitioner, sponsor) belong to one community and stand in its memberships, not here.
Every member is an officer; that needs no group.
"""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    NETWORK_COORDINATOR = "network_coordinator", pgettext_lazy("role", "Network coordinator")
    AGENCY_COORDINATOR = "agency_coordinator", pgettext_lazy("role", "Agency coordinator")
    EXPERT = "expert", pgettext_lazy("role", "Expert")
    JUDGE = "judge", pgettext_lazy("role", "KM Corner judge")
    ORGANISER = "organiser", pgettext_lazy("role", "KM Corner organiser")
    REWARDS_OFFICER = "rewards_officer", pgettext_lazy("role", "Rewards officer")
    MODERATOR = "moderator", pgettext_lazy("role", "Moderator")
    EXECUTIVE = "executive", pgettext_lazy("role", "Executive")
    SITE_ADMIN = "site_admin", pgettext_lazy("role", "Site administrator")


# Roles that reach no further than one agency, or give no rights over others' content: a network coordinator may give them.
AGENCY_LEVEL_ROLES = (Role.AGENCY_COORDINATOR, Role.EXPERT)
# Roles that open the CMS; the same need a second factor where settings.REQUIRE_MFA is on.
CMS_ROLES = (Role.NETWORK_COORDINATOR, Role.AGENCY_COORDINATOR, Role.REWARDS_OFFICER, Role.MODERATOR, Role.SITE_ADMIN)
# Model permissions (app.model) that Wagtail asks for where no policy of ours answers: add, change, delete and view of each.
CURATED_MODELS = ("taxonomy.topic", "taxonomy.pmqaedition", "taxonomy.pmqacategory", "taxonomy.pmqacode")
MODELS_OF_ROLE = {Role.NETWORK_COORDINATOR: CURATED_MODELS, Role.SITE_ADMIN: CURATED_MODELS}
