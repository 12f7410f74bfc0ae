"""Names only."""

from communities.circles.models.circles import Circle, Part, Round
from communities.circles.models.rounds import Ballot, Choice, InGroup, Said, Turn
from communities.circles.models.templates import Template, TemplateVersion

__all__ = ["Ballot", "Choice", "Circle", "InGroup", "Part", "Round", "Said", "Template", "TemplateVersion", "Turn"]
