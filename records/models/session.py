"""What happened at a summit: sessions, what was said, gifts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.choices import SessionKind

from .fields import Citations, Text, UncertainDate, some_language, valid_text
from .keyed import KeyedPart
from .participant import Participant
from .summit import Summit
from .vocabulary import Party


def once_per_summit(model):
    return models.UniqueConstraint(
        fields=["summit", "key"],
        name=f"{model}_key_once_per_summit",
        violation_error_message=_("This summit already has one with that key; choose another key."),
    )


class Session(KeyedPart):
    """One sitting or event of a summit's programme."""

    summit = models.ForeignKey(
        Summit, models.CASCADE, related_name="sessions", verbose_name=_("summit")
    )
    kind = models.CharField(_("kind"), max_length=30, choices=SessionKind)
    title = Text(
        _("title"), required=True, help_text=_("In Korean and Japanese, each side's own label.")
    )
    date = UncertainDate(_("date"))
    time = models.CharField(
        _("time"),
        max_length=60,
        blank=True,
        validators=[valid_text],
        help_text=_("“14:30”, “about 14:30”, “planned 16:30” or a word such as “afternoon”."),
    )
    until = models.CharField(_("until"), max_length=60, blank=True, validators=[valid_text])
    minutes = models.CharField(
        _("minutes"),
        max_length=60,
        blank=True,
        validators=[valid_text],
        help_text=_("“20” or “about 60”."),
    )
    venue = Text(_("venue"))
    summary = Text(_("summary"), long=True)
    parties = models.ManyToManyField(
        Party, blank=True, related_name="sessions", verbose_name=_("parties")
    )
    participants = models.ManyToManyField(
        Participant,
        blank=True,
        related_name="sessions",
        verbose_name=_("participants"),
        help_text=_("Only people a source names. Empty means not stated, never “all”."),
    )
    cites = Citations()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["order", "id"]
        constraints = [once_per_summit("session"), some_language("session", "title")]

    def __str__(self):
        return self.title or self.key


class Statement(KeyedPart):
    """What somebody said, in gist or in at most a sentence of exact words."""

    summit = models.ForeignKey(
        Summit, models.CASCADE, related_name="statements", verbose_name=_("summit")
    )
    speaker = models.ForeignKey(
        Participant, models.PROTECT, related_name="statements", verbose_name=_("speaker")
    )
    office = Text(_("office"), help_text=_("Only if the speaker did not attend."))
    session = models.CharField(
        _("session"), max_length=60, blank=True, help_text=_("Key of a session of this summit.")
    )
    said_on = UncertainDate(_("said on"))
    gist = Text(_("gist"), required=True, long=True)
    exact = models.CharField(
        _("exact words"),
        max_length=600,
        blank=True,
        validators=[valid_text],
        help_text=_(
            "At most a sentence, in the language it was published in; never translated back."
        ),
    )
    exact_lang = models.CharField(_("language of the exact words"), max_length=20, blank=True)
    exact_is_translation = models.BooleanField(_("published as a translation"), default=False)
    cites = Citations()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["order", "id"]
        constraints = [once_per_summit("statement"), some_language("statement", "gist")]

    def __str__(self):
        return f"{self.speaker}: {self.key}"


class Gift(KeyedPart):
    """A gift given at a summit."""

    summit = models.ForeignKey(
        Summit, models.CASCADE, related_name="gifts", verbose_name=_("summit")
    )
    givers = models.ManyToManyField(
        Participant, related_name="gifts_given", verbose_name=_("givers")
    )
    receivers = models.ManyToManyField(
        Participant, related_name="gifts_received", verbose_name=_("receivers")
    )
    what = Text(_("what"), required=True, long=True)
    maker = models.CharField(_("maker"), max_length=200, blank=True, validators=[valid_text])
    note = Text(_("note"), long=True)
    cites = Citations()

    class Meta:
        verbose_name = _("gift")
        verbose_name_plural = _("gifts")
        ordering = ["order", "id"]
        constraints = [once_per_summit("gift"), some_language("gift", "what")]

    def __str__(self):
        return self.what or self.key
