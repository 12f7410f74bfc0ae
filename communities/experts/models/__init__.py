from communities.experts.models.consultations import Consultation
from communities.experts.models.duties import Absence, Duty
from communities.experts.models.offers import Load, Offer
from communities.experts.models.outcomes import Outcome
from communities.experts.models.skills import Leaving, Skill

__all__ = ["Absence", "Consultation", "Duty", "Leaving", "Load", "Offer", "Outcome", "Skill"]
