from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    """Pictures that people put into what they write. Each is as readable as the post it belongs to."""

    name = "kmportal.pictures"
    label = "pictures"
    verbose_name = _("Pictures in posts")

    def ready(self) -> None:
        from kmportal.core import chores  # noqa: PLC0415 - models are not loaded before this
        from kmportal.people import guests  # noqa: PLC0415 - the same
        from kmportal.pictures import actions  # noqa: PLC0415 - the same

        guests.admit("pictures")
        chores.register(actions.clear_left_over)
        chores.register(actions.clear_files_without_a_row)
