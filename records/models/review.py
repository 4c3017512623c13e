"""How a working copy gets to its readers: the steps it took, remarks on it, who worked on it.

People are kept by name, as editions keep them: an account may go, and a backup of the record
without its accounts must load.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.choices import EditionKind

from .fields import Text, valid_text
from .keyed import Row
from .summit import Summit


class Step(models.TextChoices):
    """What can be done with a working copy on its way."""

    SUBMITTED = "submitted", _("Submitted for review")
    TAKEN_BACK = "taken-back", _("Taken back")
    RETURNED = "returned", _("Changes requested")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    UNSCHEDULED = "unscheduled", _("Schedule cancelled")
    LAPSED = "lapsed", _("Not published at its time")


class Review(Row):
    """One step of a summit's working copy towards its readers."""

    summit = models.ForeignKey(Summit, models.CASCADE, related_name="reviews")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=20, choices=Step)
    comment = models.TextField(blank=True, validators=[valid_text])
    by = models.CharField(max_length=310, blank=True)
    account = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    is_last = models.BooleanField(default=True)
    after_edition = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    # Of a scheduled publication:
    publish_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, choices=EditionKind, blank=True)
    note = Text(_("public note"), long=True)

    natural_fields = ("summit__slug", "number")

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["summit", "number"], name="review_number_once"),
            models.UniqueConstraint(
                fields=["summit"], condition=models.Q(is_last=True), name="review_one_last_step"
            ),
        ]
        indexes = [
            models.Index(
                fields=["step", "at"], name="review_waiting", condition=models.Q(is_last=True)
            )
        ]

    def __str__(self):
        return f"{self.summit.slug} {self.number}: {self.step}"


class Remark(Row):
    """An editor's remark on a summit or one of its facts, for the other editors."""

    summit = models.ForeignKey(Summit, models.CASCADE, related_name="remarks")
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=300, blank=True)
    text = models.TextField(validators=[valid_text])
    by = models.CharField(max_length=310, blank=True)
    account = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField()
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=310, blank=True)

    natural_fields = ("summit__slug", "number")

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["summit", "number"], name="remark_number_once")
        ]

    def __str__(self):
        return f"{self.summit.slug} {self.number}"


class Contribution(Row):
    """An editor's last change of a summit's working copy."""

    summit = models.ForeignKey(Summit, models.CASCADE, related_name="contributions")
    by = models.CharField(max_length=310, blank=True)
    account = models.CharField(max_length=150)
    at = models.DateTimeField()

    natural_fields = ("summit__slug", "account")

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["summit", "account"], name="contribution_once")
        ]
        indexes = [models.Index(fields=["account", "-at"], name="contribution_of_account")]

    def __str__(self):
        return f"{self.account}: {self.summit.slug}"
