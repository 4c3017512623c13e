"""Names shared by all summits: parties, topics, series, relations (people: participant.py)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.choices import PartyKind

from .fields import Text, UncertainDate, WordList, some_language, valid_key
from .keyed import Row, formerly


class Name(Row):
    """A thing of the shared vocabulary, known by its slug in every summit."""

    slug = models.CharField(
        _("slug"),
        max_length=80,
        unique=True,
        validators=[valid_key],
        help_text=_("Its permanent name in addresses and files. Fixed once saved."),
    )
    formerly = formerly()
    natural_fields = ("slug",)

    class Meta(Row.Meta):
        abstract = True
        ordering = ["slug"]

    def __str__(self):
        return self.name or self.name_en or self.name_ko or self.name_ja or self.slug


class Party(Name):
    """A state, organisation, group or body that takes part in summits or makes commitments."""

    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind)
    iso = models.CharField(
        _("ISO code"), max_length=3, blank=True, help_text=_("ISO 3166-1 alpha-2, such as KR.")
    )
    name = Text(_("name"), required=True, help_text=_("The full name, as readers see it."))
    short_name = Text(_("short name"), help_text=_("For narrow places, such as “Korea”."))
    since = UncertainDate(_("since"))
    until = UncertainDate(
        _("until"), help_text=_("When it ended; a state with an end is historical.")
    )
    predecessors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="successors",
        verbose_name=_("predecessors"),
    )
    also = WordList(_("other spellings"))

    class Meta(Name.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [some_language("party", "name")]


class Topic(Name):
    """A subject that commitments and summits are about; two levels."""

    name = Text(_("name"), required=True)
    parent = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
        help_text=_("Empty for one of the main topics."),
    )

    class Meta(Name.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            some_language("topic", "name"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="topic_not_its_own_parent",
                violation_error_message=_("A topic cannot be its own parent."),
            ),
        ]


class Series(Name):
    """A row of summits that continue each other, such as Korea-Japan shuttle diplomacy."""

    name = Text(_("name"), required=True)
    description = Text(_("description"), long=True)

    class Meta(Name.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series")
        constraints = [some_language("series", "name")]


class Relation(Name):
    """Two parties that meet, under the name their relation has in each language (한일, 日韓).

    Its slug is those of the two parties in alphabetical order: `jpn-kor`.
    """

    name = Text(_("name"), required=True, help_text=_("Such as “Korea–Japan relations”."))
    also = WordList(_("other spellings"))
    description = Text(_("description"), long=True)

    class Meta(Name.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [some_language("relation", "name")]
