"""The index: passages with their analysed words, and how often each word occurs for whom.

All of it can be made again from the rows it describes (`manage.py rebuild_search`). Written by retrieval.actions only.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Passage(models.Model):
    """A stretch of text at one place. An object has one or several; those of one object may have different audiences."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    chunk = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=16)
    audience = models.CharField(max_length=40)
    title = models.CharField(max_length=500)
    place = models.CharField(max_length=500, blank=True)
    names = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    dated = models.DateField(null=True)
    quality = models.FloatField(default=0)
    # Words and folded text, apart by blanks: what the full-text index reads, and what the ranking counts in. The place counts as body.
    title_words = models.TextField()
    names_words = models.TextField()
    body_words = models.TextField()
    title_folded = models.TextField()
    body_folded = models.TextField()
    vector = models.BinaryField(null=True)
    # Of everything above: a passage that did not change is not written again.
    digest = models.CharField(max_length=32)
    # When it was written last: tells a process that what it remembers of an audience is out of date.
    changed = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "chunk"], name="retrieval_passage_once"),
        ]
        indexes = [
            models.Index(fields=["kind", "audience"], name="retrieval_passage_circle"),
            models.Index(fields=["audience", "changed"], name="retrieval_passage_changed"),
            models.Index(fields=["dated"], name="retrieval_passage_dated"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}.{self.chunk}"


class PassageTag(models.Model):
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="tags")
    name = models.CharField(max_length=16)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "value", "passage"], name="retrieval_tag_once")]

    def __str__(self) -> str:
        return f"{self.name}:{self.value}"


class Term(models.Model):
    """In how many passages of one audience a word or gram occurs.

    Kept by audience, so that what a reader may not see changes neither the order of their hits nor the words offered to them.
    """

    audience = models.CharField(max_length=40)
    stream = models.CharField(max_length=1, choices=[("w", "word"), ("g", "gram")])
    term = models.CharField(max_length=80)
    passages = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "term", "audience"], name="retrieval_term_once")]

    def __str__(self) -> str:
        return f"{self.term} ({self.audience}): {self.passages}"


class Circle(models.Model):
    """How much text one audience has: what lengths are measured against."""

    audience = models.CharField(max_length=40, unique=True)
    passages = models.PositiveIntegerField(default=0)
    title_words = models.PositiveBigIntegerField(default=0)
    names_words = models.PositiveBigIntegerField(default=0)
    body_words = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.audience


class Stale(models.Model):
    """An object whose passages are to be made again soon, because something they name changed. Outlives a crash."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="retrieval_stale_once")]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class IndexState(models.Model):
    """By which analysis the index was made; one row. Another analysis than the running one: rebuild."""

    analysis = models.CharField(max_length=80)
    rebuilt_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.analysis


class SynonymGroup(models.Model):
    """Words that mean the same to a searcher, one to a line; edited by coordinators."""

    words = models.TextField(_("words that mean the same"), help_text=_("One to a line, at least two."))
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Of the set that comes with the portal; an edited one is the coordinators' own and is not overwritten.
    key = models.CharField(max_length=80, blank=True, editable=False, db_index=True)
    is_active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return " = ".join(self.words.split("\n"))
