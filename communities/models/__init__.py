from communities.models.archives import Export
from communities.models.joining import Invitation, JoinRequest
from communities.models.leading import HandOver
from communities.models.spaces import Community, Membership

__all__ = ["Community", "Export", "HandOver", "Invitation", "JoinRequest", "Membership"]
