from kmportal.people.models.accounts import EmailDomain, User
from kmportal.people.models.agencies import Agency, AgencyAlias
from kmportal.people.models.persons import Person

__all__ = ["Agency", "AgencyAlias", "EmailDomain", "Person", "User"]
