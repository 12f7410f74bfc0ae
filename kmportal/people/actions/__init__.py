"""The verbs of accounts, agencies and people: the only writers of this app's tables."""

from kmportal.people.actions.accounts import (
    AccountDetails,
    AddressTaken,
    CannotPlace,
    UnknownLanguage,
    complete_signup,
    place_account,
    save_account,
    set_language,
)
from kmportal.people.actions.agencies import (
    AgencyDetails,
    AgencyExists,
    AgencyInUse,
    CannotMerge,
    NotADomain,
    WrongPlace,
    merge_agencies,
    remove_agency,
    remove_domain,
    save_agency,
    save_domain,
)
from kmportal.people.actions.persons import (
    PersonDetails,
    PersonInUse,
    merge_people,
    remove_person,
    remove_picture,
    save_person,
    set_picture,
    update_profile,
)
from kmportal.people.actions.roles import CannotGrant, ensure_roles, grant_role, revoke_role

__all__ = [
    "AccountDetails", "AddressTaken", "AgencyDetails", "AgencyExists", "AgencyInUse", "CannotGrant", "CannotMerge", "CannotPlace",
    "NotADomain", "PersonDetails", "PersonInUse", "UnknownLanguage", "WrongPlace", "complete_signup", "ensure_roles", "grant_role",
    "merge_agencies", "merge_people", "place_account", "remove_agency", "remove_domain", "remove_person", "remove_picture",
    "revoke_role", "save_account", "save_agency", "save_domain", "save_person", "set_language", "set_picture", "update_profile",
]  # fmt: skip
