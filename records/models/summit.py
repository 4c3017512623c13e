from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from records.choices import EventStatus, Outcome, Setting

from .fields import Citations, Text, TitleList, UncertainDate, some_language, valid_key
from .keyed import Row, formerly
from .vocabulary import Party, Series, Topic


class Summit(Row):
    """A meeting of leaders."""

    slug = models.CharField(
        _("slug"),
        max_length=80,
        unique=True,
        validators=[valid_key],
        help_text=_(
            "First day and place, such as “2026-01-13-nara”; its address. Fixed once saved."
        ),
    )
    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"^[0-9]{4}-[a-z0-9]+(-[a-z0-9]+)*$",
                _("Write year and place, such as “2026-nara”."),
            )
        ],
        help_text=_(
            "Year and place, such as “2026-nara”: its commitments are 2026-nara-1, -2 … for ever."
        ),
    )
    formerly = formerly()
    title = Text(_("title"), required=True, help_text=_("Readers see it as the page's head."))
    also = TitleList(
        _("other titles"), help_text=_("One a line: language, then the title (“ko 나라 정상회담”).")
    )
    setting = models.CharField(_("setting"), max_length=20, choices=Setting, blank=True)
    event_status = models.CharField(
        _("event status"), max_length=20, choices=EventStatus, default=EventStatus.HELD
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=30,
        choices=Outcome,
        blank=True,
        help_text=_("The strongest text adopted; empty means not known."),
    )
    starts = UncertainDate(_("starts"), required=True)
    ends = UncertainDate(_("ends"), help_text=_("Empty if it lasted one day."))
    timezone = models.CharField(
        _("time zone"), max_length=40, blank=True, help_text=_("Of the place, such as Asia/Tokyo.")
    )
    city = Text(_("city"), help_text=_("Needed to publish."))
    region = Text(_("region"))
    country = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="summits_on_its_soil",
        verbose_name=_("country"),
    )
    venue = Text(_("venue"))
    within = Text(_("within"), help_text=_("The event it was on the margins of."))
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="summits",
        verbose_name=_("series"),
    )
    series_number = models.PositiveIntegerField(
        _("number in the series"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Only where a source counts."),
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="summits", verbose_name=_("topics")
    )
    summary = Text(
        _("summary"),
        long=True,
        help_text=_("Three sentences at most; nothing that is not below it."),
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day the record was last compared with its sources."),
    )
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    cites = Citations()

    natural_fields = ("slug",)

    class Meta:
        verbose_name = _("summit")
        verbose_name_plural = _("summits")
        ordering = ["-starts_first", "slug"]
        constraints = [some_language("summit", "title")]
        indexes = [models.Index(fields=["-starts_first", "slug"], name="summit_by_date")]

    def __str__(self):
        return self.title or self.title_en or self.title_ko or self.title_ja or self.slug
