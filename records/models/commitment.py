"""A promise, the words each side used for it, and what came of it."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.choices import (
    BindingForce,
    CommitmentKind,
    CommitmentStatus,
    ProgressKind,
    WordingVerb,
)

from .fields import (
    COMMITMENT_ID_PATTERN,
    Citations,
    Text,
    UncertainDate,
    WordList,
    some_language,
    valid_text,
)
from .keyed import Part, formerly, valid_key
from .summit import Summit
from .vocabulary import Party, Topic


class Commitment(Part):
    """What parties said at a summit they would do, or a stance they took together."""

    summit = models.ForeignKey(
        Summit, models.CASCADE, related_name="commitments", verbose_name=_("summit")
    )
    number = models.PositiveIntegerField(
        _("number"),
        validators=[MinValueValidator(1)],
        help_text=_(
            "Given out by the record, never reused: 2026-nara-1 is the summit's code and number."
        ),
    )
    title = Text(_("title"), required=True)
    gist = Text(_("gist"), long=True)
    parties = models.ManyToManyField(
        Party, related_name="commitments", verbose_name=_("parties"), help_text=_("Who must act.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=CommitmentKind)
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="commitments", verbose_name=_("topics")
    )
    due = UncertainDate(_("due"))
    due_text = Text(
        _("due, in words"), help_text=_("For a due date that is no day, such as “every year”.")
    )
    measure = Text(_("measure"), long=True, help_text=_("The figure promised, if there is one."))
    force = models.CharField(_("binding force"), max_length=20, choices=BindingForce, blank=True)
    session = models.CharField(
        _("session"), max_length=60, blank=True, help_text=_("Key of the session it was made in.")
    )
    continues = WordList(
        _("continues"),
        item={"type": "string", "pattern": COMMITMENT_ID_PATTERN, "maxLength": 60},
        help_text=_("Ids of earlier commitments it carries on, such as 2025-tokyo-1."),
    )
    fulfilled_when = Text(
        _("fulfilled when"),
        long=True,
        help_text=_("The test, written before the outcome is known."),
    )
    words_differ = models.BooleanField(
        _("words differ"), default=False, help_text=_("The sides' wordings differ in substance.")
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_reason = Text(
        _("reason of withdrawal"),
        long=True,
        help_text=_("Its address then answers “withdrawn” with this reason."),
    )
    note = Text(_("note"), long=True)
    cites = Citations()

    natural_fields = ("summit__slug", "number")

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["summit", "number"],
                name="commitment_number_once_per_summit",
                violation_error_message=_("This summit already has a commitment with that number."),
            ),
            some_language("commitment", "title"),
        ]

    def __str__(self):
        return f"{self.summit.code}-{self.number}"


class Wording(Part):
    """What one party said of a commitment; without a party, the agreed text."""

    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="wordings", verbose_name=_("commitment")
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="wordings",
        verbose_name=_("party"),
        help_text=_("Empty for a text agreed by all."),
    )
    verb = models.CharField(_("verb"), max_length=30, choices=WordingVerb)
    gist = Text(_("gist"), required=True, long=True)
    exact = models.CharField(_("exact words"), max_length=600, blank=True, validators=[valid_text])
    exact_lang = models.CharField(_("language of the exact words"), max_length=20, blank=True)
    exact_is_translation = models.BooleanField(_("published as a translation"), default=False)
    cites = Citations()

    natural_fields = ("commitment__summit__slug", "commitment__number", "party__slug")

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "party"],
                name="wording_once_per_party",
                violation_error_message=_("This party already has a wording of this commitment."),
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(party=None),
                name="wording_agreed_once",
                violation_error_message=_("This commitment already has an agreed text."),
            ),
            some_language("wording", "gist"),
        ]

    def __str__(self):
        side = self.party or _("agreed text")
        return f"{side}: {self.get_verb_display()}"


class Progress(Part):
    """A dated, sourced thing that happened to a commitment; append-only once published."""

    commitment = models.ForeignKey(
        Commitment, models.CASCADE, related_name="progress", verbose_name=_("commitment")
    )
    key = models.CharField(
        _("key"),
        max_length=60,
        validators=[valid_key],
        help_text=_("Date and a word, such as “2026-02-07-diver”. Fixed once saved."),
    )
    formerly = formerly()
    date = UncertainDate(_("date"), required=True)
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="progress",
        verbose_name=_("party"),
        help_text=_("Who acted; empty for all parties."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ProgressKind)
    status = models.CharField(
        _("status"),
        max_length=30,
        choices=CommitmentStatus,
        blank=True,
        help_text=_(
            "What it leaves the commitment at: only for a step, result, setback or change."
        ),
    )
    period = UncertainDate(_("period"), help_text=_("The year of a recurring promise."))
    summit = models.CharField(
        _("summit"), max_length=80, blank=True, help_text=_("Slug, if the step is itself a summit.")
    )
    text = Text(_("text"), required=True, long=True)
    assessor = Text(_("assessor"), help_text=_("Who judged (kind “assessed”)."))
    scale = models.CharField(_("scale"), max_length=100, blank=True, validators=[valid_text])
    value = models.CharField(_("value"), max_length=100, blank=True, validators=[valid_text])
    supersedes = models.CharField(
        _("supersedes"), max_length=60, blank=True, help_text=_("Key of the entry it puts right.")
    )
    cites = Citations(required=True)

    natural_fields = ("commitment__summit__slug", "commitment__number", "key")

    class Meta:
        verbose_name = _("progress entry")
        verbose_name_plural = _("progress")
        ordering = ["date_first", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "key"],
                name="progress_key_once_per_commitment",
                violation_error_message=_("This commitment already has an entry with that key."),
            ),
            some_language("progress", "text"),
        ]

    def __str__(self):
        return self.key
