"""What the library tells the importer about the world: the agencies and the PMQA categories it knows."""

from kmportal.library.importer.model import Agency as KnownAgency
from kmportal.library.importer.model import Vocabulary
from kmportal.people.models import Agency
from kmportal.taxonomy.models import PmqaCategory


def vocabulary() -> Vocabulary:
    """Every agency with its other names, and the categories of the edition in force. Three queries."""
    agencies = tuple(
        KnownAgency(
            agency.name,
            tuple(filter(None, (agency.name_en, agency.abbreviation, *(alias.name for alias in agency.aliases.all())))),
        )
        for agency in Agency.objects.prefetch_related("aliases")
    )
    categories = dict(PmqaCategory.objects.filter(edition__is_current=True).values_list("number", "name_th"))
    return Vocabulary(agencies=agencies, categories=categories)
