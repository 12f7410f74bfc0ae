from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CirclesConfig(AppConfig):
    """Circles: talk led through a proven method, round by round."""

    name = "communities.circles"
    label = "circles"
    verbose_name = _("Circles")

    def ready(self) -> None:
        from communities.circles import exported, framed, measured, notices  # noqa: PLC0415 - models are not loaded before this
        from communities.circles.actions.leaving_off import end_left  # noqa: PLC0415 - the same
        from communities.circles.actions.methods import load_templates  # noqa: PLC0415 - the same
        from communities.circles.actions.reminding import remind  # noqa: PLC0415 - the same
        from communities.circles.actions.speaking import stand_at_the_gate  # noqa: PLC0415 - the same
        from communities.circles.views.circles import above_stream  # noqa: PLC0415 - the same
        from communities.talk import above  # noqa: PLC0415 - the same
        from kmportal.core import basics, chores  # noqa: PLC0415 - the same

        notices.declare()
        stand_at_the_gate()
        framed.declare()
        exported.declare()
        measured.declare()
        above.register("circles/_frame.html", above_stream)
        basics.register(load_templates)
        chores.register(remind)
        chores.register(end_left)
