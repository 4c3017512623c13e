"""Where facts come from, where sources disagree, and what is said about the whole."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.choices import DifferenceKind, NoteKind, ReadExtent, Reliability, SourceKind

from .fields import Citations, Text, UncertainDate, WordList, some_language, valid_text
from .keyed import KeyedPart, Part
from .session import once_per_summit
from .summit import Summit
from .vocabulary import Party, Topic


class Note(KeyedPart):
    """Something about the summit as a whole: its occasion, what was raised, an opinion, a gap."""

    summit = models.ForeignKey(
        Summit, models.CASCADE, related_name="notes", verbose_name=_("summit")
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=NoteKind,
        help_text=_("Significance and outlook are opinions, shown with their source's name."),
    )
    on = UncertainDate(_("on"))
    by = models.ManyToManyField(Party, blank=True, related_name="notes", verbose_name=_("by"))
    text = Text(_("text"), required=True, long=True)
    fate = Text(_("fate"), long=True, help_text=_("What became of a proposal."))
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="notes", verbose_name=_("topics")
    )
    cites = Citations(required=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["order", "id"]
        constraints = [once_per_summit("note"), some_language("note", "text")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.key}"


class Difference(KeyedPart):
    """A question that sources answer differently."""

    summit = models.ForeignKey(
        Summit, models.CASCADE, related_name="differences", verbose_name=_("summit")
    )
    question = Text(_("question"), required=True)
    about = WordList(
        _("about"),
        item={"type": "string", "pattern": r"^[a-z0-9_-]+(\.[a-z0-9_-]+)*$", "maxLength": 200},
        help_text=_("Facts it concerns, one a line, such as sessions.expanded-talks.minutes."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DifferenceKind)
    reading = Text(_("reading"), long=True, help_text=_("The editors' reading, marked as theirs."))

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ["order", "id"]
        constraints = [once_per_summit("difference"), some_language("difference", "question")]

    def __str__(self):
        return self.question or self.key


class DifferenceValue(Part):
    """One answer to a difference's question, with the sources that give it."""

    difference = models.ForeignKey(
        Difference, models.CASCADE, related_name="values", verbose_name=_("difference")
    )
    says = Text(_("says"))
    says_plainly = models.CharField(
        _("says, the same in every language"), max_length=300, blank=True, validators=[valid_text]
    )
    cites = Citations(required=True)

    natural_fields = ("difference__summit__slug", "difference__key", "order")

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(says_plainly="") & ~models.Q(says_en="", says_ko="", says_ja="")
                )
                | (~models.Q(says_plainly="") & models.Q(says_en="", says_ko="", says_ja="")),
                name="value_plain_or_in_languages",
                violation_error_message=_(
                    "Write the value either once for all languages or in the languages, not both."
                ),
            )
        ]

    def __str__(self):
        return self.says_plainly or self.says or self.says_en or self.says_ko or self.says_ja


class Source(KeyedPart):
    """A document, report or page that facts of one summit rest on."""

    summit = models.ForeignKey(
        Summit, models.CASCADE, related_name="sources", verbose_name=_("summit")
    )
    title = models.CharField(
        _("title"),
        max_length=400,
        blank=True,
        validators=[valid_text],
        help_text=_(
            "In its own language; leave it empty and write a gloss if you know only what it is."
        ),
    )
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("Such as ko, ja, en, zh-Hant.")
    )
    gloss = Text(_("gloss"), help_text=_("What it is, in the reader's language."))
    publisher = models.CharField(_("publisher"), max_length=200, validators=[valid_text])
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    issued_by = models.ManyToManyField(
        Party, blank=True, related_name="sources", verbose_name=_("issued by")
    )
    outcome = models.BooleanField(
        _("outcome document"),
        default=False,
        help_text=_("Also listed as a document of the summit."),
    )
    published_on = UncertainDate(_("published on"))
    url = models.URLField(_("address"), max_length=600, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=600, blank=True)
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    read = models.CharField(_("read"), max_length=20, choices=ReadExtent)
    reliability = models.CharField(_("reliability"), max_length=20, choices=Reliability, blank=True)
    copy_of = models.CharField(
        _("copy of"),
        max_length=200,
        blank=True,
        validators=[valid_text],
        help_text=_("The agency or text it copies; it is no second witness."),
    )
    note = Text(_("note"), long=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["order", "id"]
        constraints = [once_per_summit("source")]

    def __str__(self):
        return f"{self.key} {self.publisher}"
