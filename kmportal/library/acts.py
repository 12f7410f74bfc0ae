"""What staff do in the library, as it stands in the book of staff acts. Declared by LibraryConfig.ready."""

from django.utils.translation import pgettext_lazy

from kmportal.core import acts
from kmportal.core.acts import Act, Field
from kmportal.library.models import SeminarPage
from kmportal.library.searched_pages import audience_of

IMPORT_PUBLISHED = "library.import_published"


def declare_acts() -> None:
    acts.declare(Act(IMPORT_PUBLISHED, pgettext_lazy("act of staff", "Published an import"), Field.LIBRARY))
    acts.kept_to(SeminarPage, audience_of)
