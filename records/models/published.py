"""What publishing makes: editions, and the index that readers' lists are drawn from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.choices import EditionKind

from .fields import Text, some_language
from .keyed import Row
from .summit import Summit


class Edition(Row):
    """A summit's document as published once: numbered, dated, never changed."""

    summit = models.ForeignKey(
        Summit, models.PROTECT, related_name="editions", verbose_name=_("summit")
    )
    number = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("published at"))
    by = models.CharField(_("published by"), max_length=150, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=EditionKind)
    note = Text(_("public note"), required=True, long=True)
    content = models.TextField(_("document"), help_text=_("Canonical JSON."))
    names = models.TextField(
        _("names"),
        default="{}",
        help_text=_("Of all it refers to, as they stood; outside the digest."),
    )
    sha256 = models.CharField(_("SHA-256 of the document"), max_length=64)
    previous_sha256 = models.CharField(
        _("SHA-256 of the edition before"), max_length=64, blank=True
    )

    natural_fields = ("summit__slug", "number")

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["summit", "number"], name="edition_number_once"),
            some_language("edition", "note"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="edition_by_time")]

    def __str__(self):
        return f"{self.summit.slug} {self.number}"


class Version(models.Model):
    """One row with one number, raised by everything that changes what readers see."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self):
        return str(self.number)


class Entry(Row):
    """A published thing as lists show it: texts and slugs as data, columns to order by.

    `slug` is its address below its kind: `2026-nara-1`, `2026-01-13-nara/expanded-talks`.
    """

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=200)
    summit = models.ForeignKey(Summit, models.CASCADE, null=True, related_name="entries")
    person = models.CharField(max_length=80, blank=True)
    starts = models.DateField(null=True)
    due = models.DateField(null=True)
    weight = models.PositiveIntegerField(default=0)
    place = models.PositiveIntegerField(default=0)  # in its summit's file
    # Bytes compare by code point on every database, whatever its collation.
    sort_en = models.BinaryField(default=b"")
    sort_ko = models.BinaryField(default=b"")
    sort_ja = models.BinaryField(default=b"")
    facets = models.JSONField(default=dict)
    data = models.JSONField(default=dict)

    natural_fields = ("kind", "slug")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="entry_once")]
        indexes = [
            models.Index(fields=["kind", "starts", "summit", "place"], name="entry_by_date"),
            models.Index(fields=["kind", "-starts", "summit", "place"], name="entry_newest_first"),
            models.Index(fields=["kind", "due", "summit", "place"], name="entry_by_due"),
            models.Index(fields=["kind", "weight", "slug"], name="entry_by_weight"),
            models.Index(fields=["kind", "sort_en", "slug"], name="entry_by_name_en"),
            models.Index(fields=["kind", "sort_ko", "slug"], name="entry_by_name_ko"),
            models.Index(fields=["kind", "sort_ja", "slug"], name="entry_by_name_ja"),
            models.Index(
                fields=["kind", "person", "-starts"],
                name="entry_of_person",
                condition=~models.Q(person=""),
            ),
            models.Index(fields=["kind", "summit", "-weight"], name="entry_of_summit"),
        ]

    def __str__(self):
        return f"{self.kind} {self.slug}"


class Words(Row):
    """What an entry is searched by: its texts, and the tokens they are indexed by.

    The index itself is the database's own (migration 0002), kept by triggers or as an index.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="searched")
    texts = models.JSONField(default=list)  # [what it is, language, text]
    tokens = models.TextField(default="")

    natural_fields = ("entry__kind", "entry__slug")

    def __str__(self):
        return f"words of {self.entry_id}"


class FacetSet(Row):
    """The entries of one kind that have one value of one facet: a Roaring bitmap of entry ids."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=80)
    bits = models.BinaryField()

    natural_fields = ("kind", "name", "value")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "value"], name="facetset_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.name}={self.value}"


class Reference(Row):
    """A name of the vocabulary that a summit's current edition refers to: what makes it public."""

    summit = models.ForeignKey(Summit, models.CASCADE, related_name="references")
    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)

    natural_fields = ("summit__slug", "kind", "slug")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug", "summit"], name="reference_once")
        ]

    def __str__(self):
        return f"{self.summit_id} -> {self.kind} {self.slug}"
