"""Reading questions and what stands below them. Every reader starts with visible_to(user)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Subquery, Value, When

from kmportal.library.models import KnowledgePage
from kmportal.library.visibility import Visibility, readable_by
from kmportal.moderation.models import StaffAct
from kmportal.people.models import Agency
from kmportal.people.roles import Role
from qa.working_days import working_days_before

if TYPE_CHECKING:
    # Names for the annotations only.
    from qa.models import (  # noqa: F401 - the same
        Answer,
        AnswerRequest,
        Bounty,
        Comment,
        Draft,
        Harvest,
        Mention,
        Question,
        Report,
        SavedFilter,
        Useful,
        Version,
    )

AUTHOR_SHOWN = "qa.author_shown"
WAIT = 3
"""Working days after which a question without an answer needs attention."""


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def moderated_by(user: Any, prefix: str = "") -> Q:
    """The condition for questions, of those one may read, that this person moderates; prefix is the path to the question.

    Moderators all of them; the facilitators of a community what is kept to it. The same as permissions.can_moderate.
    """
    if not _is_active(user):
        return Q(pk__in=[])
    if user.has_role(Role.MODERATOR):
        return Q(pk__gt=0)
    own = user.memberships.filter(role="facilitator").values("community")
    return Q(**{f"{prefix}visibility": Visibility.COMMUNITY, f"{prefix}community__in": own})


def looked_up_by(user: Any) -> "models.QuerySet[Any]":
    """What the book holds of this person having looked up who asked; by the question, since the asker hides below it too."""
    kind = ContentType.objects.get_by_natural_key("qa", "question")
    return StaffAct.objects.filter(actor=user, act=AUTHOR_SHOWN, thing_type=kind).order_by()


def _shown_author(user: Any, prefix: str = "") -> Case:
    """The author's key as this reader may know it: None for what is anonymous, but to its author and to moderators who looked it up."""
    if not _is_active(user):
        return Case(When(anonymous=True, then=Value(None)), default=F("author"))
    looked_up = Exists(looked_up_by(user).filter(thing_id=OuterRef("question_id" if prefix else "pk")).values("pk"))
    known = Q(anonymous=False) | Q(author=user) | (moderated_by(user, prefix) & Q(looked_up))
    return Case(When(known, then=F("author")), default=Value(None))


class QuestionQuerySet(models.QuerySet["Question"]):
    def readable_by(self, user: Any) -> "QuestionQuerySet":
        """Those in this person's circles, deleted ones too; `shown_author` is who asked, as far as this person may know it."""
        return self.filter(readable_by(user)).annotate(shown_author=_shown_author(user))

    def visible_to(self, user: Any) -> "QuestionQuerySet":
        """Those that this person may read, with `shown_author`."""
        return self.readable_by(user).exclude(status="deleted")

    def deleted_for(self, user: Any) -> "QuestionQuerySet":
        """Deleted ones that this person may restore: moderators those of others too, but not their own that others deleted."""
        if not _is_active(user):
            return self.none()
        mine, others = Q(author=user, deleted_by=user), moderated_by(user) & ~Q(author=user)
        return self.readable_by(user).filter(mine | others, status="deleted")

    def moderated_by(self, user: Any) -> "QuestionQuerySet":
        return self.visible_to(user).filter(moderated_by(user))

    def open(self) -> "QuestionQuerySet":
        return self.filter(status="open")

    def unanswered(self) -> "QuestionQuerySet":
        return self.open().filter(answer_count=0)

    def needs_attention(self, now: datetime) -> "QuestionQuerySet":
        """Nobody has answered for three working days."""
        return self.unanswered().filter(created_at__lte=working_days_before(now, WAIT))

    def with_bounty(self) -> "QuestionQuerySet":
        """Somebody offers points for an answer."""
        return self.filter(bounties__state="open")

    def newest(self) -> "QuestionQuerySet":
        return self.order_by("-created_at", "-pk")

    def active(self) -> "QuestionQuerySet":
        return self.order_by("-last_activity", "-pk")

    def mine(self, user: Any) -> "QuestionQuerySet":
        return self.filter(author=user) if user.is_authenticated else self.none()

    def asked_by(self, person: Any) -> "QuestionQuerySet":
        """What stands under somebody's name; for a page about them. Anonymous ones are not among them, whoever looks."""
        return self.filter(author=person, anonymous=False)

    def followed(self, user: Any) -> "QuestionQuerySet":
        return self.filter(pk__in=user.followed_questions.values("question")) if user.is_authenticated else self.none()

    def on_topic(self, topic: Any) -> "QuestionQuerySet":
        return self.filter(pk__in=self.model.topics.through.objects.filter(topic=topic).values("question"))

    def with_code(self, code: Any) -> "QuestionQuerySet":
        return self.filter(pk__in=self.model.codes.through.objects.filter(pmqacode=code).values("question"))

    def in_category(self, number: str) -> "QuestionQuerySet":
        """The category of any edition: chosen itself, or by one of its codes."""
        coded = self.model.codes.through.objects.filter(pmqacode__category__number=number)
        filed = self.model.categories.through.objects.filter(pmqacategory__number=number)
        return self.filter(Q(pk__in=coded.values("question")) | Q(pk__in=filed.values("question")))

    def of_agency(self, agency: Agency) -> "QuestionQuerySet":
        """The agency's and those of its parts."""
        return self.filter(agency__in=Agency.objects.within(agency))

    def of_community(self, community: Any) -> "QuestionQuerySet":
        return self.filter(community=community)

    def about(self, thing: models.Model) -> "QuestionQuerySet":
        """Those that were asked about a page or a statement of the library."""
        kind = KnowledgePage if isinstance(thing, KnowledgePage) else type(thing)
        return self.filter(about_type=ContentType.objects.get_for_model(kind), about_id=thing.pk)


class _Below(models.QuerySet[Any]):
    """Rows below a question: as readable as it is."""

    def visible_to(self, user: Any) -> Any:
        found = self.filter(readable_by(user, "question__"), deleted_at=None).exclude(question__status="deleted")
        return found.annotate(shown_author=_shown_author(user, "question__"))

    def readable_by(self, user: Any) -> Any:
        """Those below questions in this person's circles, deleted ones too."""
        return self.filter(readable_by(user, "question__"))

    def deleted_for(self, user: Any) -> Any:
        """Deleted ones below readable questions that this person may restore."""
        if not _is_active(user):
            return self.none()
        mine, others = Q(author=user, deleted_by=user), moderated_by(user, "question__") & ~Q(author=user)
        found = self.filter(readable_by(user, "question__"), deleted_at__isnull=False).exclude(question__status="deleted")
        return found.filter(mine | others)


class AnswerQuerySet(_Below):
    def present(self) -> "AnswerQuerySet":
        return self.filter(deleted_at=None)

    def helped(self) -> dict[str, int]:
        """How many there are, and how many of them were accepted."""
        accepted = models.Count("pk", filter=Q(accepted_for__isnull=False))
        found: dict[str, int] = self.aggregate(total=models.Count("pk"), helped=accepted)
        return found

    def best_first(self) -> "AnswerQuerySet":
        """The accepted one, then what more people could use; the older first among equals. A fixed order."""
        accepted = Case(When(accepted_for__isnull=False, then=True), default=False, output_field=BooleanField())
        return self.order_by(accepted.desc(), "-works_count", "-useful_count", "created_at", "pk")

    def newest(self) -> "AnswerQuerySet":
        return self.order_by("-created_at", "-pk")

    def oldest(self) -> "AnswerQuerySet":
        return self.order_by("created_at", "pk")


class CommentQuerySet(_Below):
    def visible_to(self, user: Any) -> Any:
        """Without those below an answer that is deleted."""
        return super().visible_to(user).filter(answer__deleted_at=None)


def _posts(path: str, user: Any) -> Q:
    """Rows that point, at `path`, to a post that this person may read."""
    question = "" if path == "question" else "question__"
    prefix = f"{path}__{question}"
    there = Q(**{f"{path}__deleted_at": None, f"{prefix}deleted_at": None, f"{path}__isnull": False})
    if path == "comment":
        there &= Q(comment__answer__deleted_at=None)
    return there & readable_by(user, prefix)


class MarkQuerySet(models.QuerySet["Useful"]):
    def visible_to(self, user: Any) -> "MarkQuerySet":
        """Marks on posts that this person may read."""
        return self.filter(_posts("question", user) | _posts("answer", user))

    def by(self, user: Any) -> "MarkQuerySet":
        return self.filter(person=user) if user.is_authenticated else self.none()


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, user: Any) -> "VersionQuerySet":
        """The history of posts that this person may read."""
        return self.filter(_posts("question", user) | _posts("answer", user) | _posts("comment", user))


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Any) -> "ReportQuerySet":
        """Those on one's own posts, but flags; those on what one moderates; one's own. Of posts one may read."""
        if not _is_active(user):
            return self.none()
        found = Q()
        for path in ("question", "answer", "comment"):
            question = f"{path}__" if path == "question" else f"{path}__question__"
            own = Q(**{f"{path}__author": user}) & ~Q(kind="flag")
            looked_after = moderated_by(user, question) & ~Q(**{f"{path}__author": user})
            found |= _posts(path, user) & (own | Q(person=user) | looked_after)
        return self.filter(found)


class BountyQuerySet(models.QuerySet["Bounty"]):
    def visible_to(self, user: Any) -> "BountyQuerySet":
        """On questions that this person may read."""
        return self.filter(readable_by(user, "question__")).exclude(question__status="deleted")

    def open(self) -> "BountyQuerySet":
        return self.filter(state="open")


class HarvestQuerySet(models.QuerySet["Harvest"]):
    def visible_to(self, user: Any) -> "HarvestQuerySet":
        """Of answers that this person may read; whether they may open the lesson is for the library to say."""
        return self.filter(_posts("answer", user))


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: Any) -> "SavedFilterQuerySet":
        """One's own alone."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user: Any) -> "DraftQuerySet":
        """One's own alone."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class AnswerRequestQuerySet(models.QuerySet["AnswerRequest"]):
    def visible_to(self, user: Any) -> "AnswerRequestQuerySet":
        """To whoever was asked, and whoever asks the question; of questions that they may read."""
        if not _is_active(user):
            return self.none()
        there = readable_by(user, "question__") & ~Q(question__status="deleted")
        return self.filter(there, Q(person=user) | Q(question__author=user))


class MentionQuerySet(models.QuerySet["Mention"]):
    def visible_to(self, user: Any) -> "MentionQuerySet":
        """Mentions in posts that this person may read."""
        return self.filter(_posts("question", user) | _posts("answer", user) | _posts("comment", user))


def count_of(rows: models.QuerySet[Any], to: str) -> Subquery:
    """How many of these rows point to the row asked about; for setting a counter to the truth."""
    counted = rows.filter(**{to: OuterRef("pk")}).order_by().values(to).annotate(number=models.Count("pk"))
    return Subquery(counted.values("number"))
