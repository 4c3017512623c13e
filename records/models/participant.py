from django.db import models
from django.utils.translation import gettext_lazy as _

from records.choices import Capacity, DelegationRole, ParticipantKind, Presence, VisitRank

from .fields import Citations, Text, UncertainDate, WordList, some_language
from .keyed import Part
from .summit import Summit
from .vocabulary import Name, Party


class Participant(Name):
    """A person, or a group that speaks as one, who took part in a summit or spoke about it."""

    kind = models.CharField(
        _("kind"), max_length=20, choices=ParticipantKind, default=ParticipantKind.PERSON
    )
    name = Text(
        _("name"),
        required=True,
        help_text=_(
            "Family name first, as the person's government writes it; only forms seen in use."
        ),
    )
    sort_name = Text(_("sort name"), help_text=_("What lists sort by, such as the kana reading."))
    also = WordList(
        _("other spellings"), help_text=_("Every other spelling met; search finds them.")
    )
    wikidata = models.CharField(
        _("Wikidata"), max_length=20, blank=True, help_text=_("Such as Q12345.")
    )

    class Meta(Name.Meta):
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [some_language("participant", "name")]


class Delegation(Part):
    """A party at a summit."""

    summit = models.ForeignKey(
        Summit, models.CASCADE, related_name="delegations", verbose_name=_("summit")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="delegations", verbose_name=_("party")
    )
    role = models.CharField(_("role"), max_length=20, choices=DelegationRole)
    rank = models.CharField(
        _("rank of the visit"),
        max_length=20,
        choices=VisitRank,
        blank=True,
        help_text=_("The host's word; empty if no source says."),
    )
    note = Text(_("note"), long=True)
    cites = Citations()

    natural_fields = ("summit__slug", "party__slug")

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["summit", "party"],
                name="delegation_once_per_summit",
                violation_error_message=_("This party already has a delegation at this summit."),
            )
        ]

    def __str__(self):
        return f"{self.party} ({self.get_role_display()})"


class Attendance(Part):
    """A participant at a summit: office held that day, capacity, presence."""

    summit = models.ForeignKey(
        Summit, models.CASCADE, related_name="attendances", verbose_name=_("summit")
    )
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="attendances", verbose_name=_("participant")
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("party"),
        help_text=_("Whose delegation; empty for a guide or another who was no delegate."),
    )
    on_behalf_of = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances_on_its_behalf",
        verbose_name=_("on behalf of"),
    )
    office = Text(_("office"), help_text=_("The office held that day."))
    capacity = models.CharField(_("capacity"), max_length=30, choices=Capacity)
    principal = models.BooleanField(
        _("principal"), default=False, help_text=_("Led the party's side.")
    )
    presence = models.CharField(
        _("presence"), max_length=20, choices=Presence, default=Presence.PRESENT
    )
    period = UncertainDate(_("period"), help_text=_("If present for part of the summit only."))
    note = Text(_("note"), long=True)
    cites = Citations()

    natural_fields = ("summit__slug", "participant__slug")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["summit", "participant"],
                name="attendance_once_per_summit",
                violation_error_message=_("This participant is already listed at this summit."),
            )
        ]

    def __str__(self):
        return str(self.participant)
