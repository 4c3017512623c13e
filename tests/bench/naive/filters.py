"""What may be asked of the twin's lists."""

from datetime import date, timedelta

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_filters import ModelMultipleChoiceFilter, MultipleChoiceFilter

from records import choices

from .models import Commitment, Party, Series, Summit, Topic

SAID = [
    ("both", _("Words of both sides")),
    ("one", _("Words of one side only")),
    ("differ", _("What they say differs")),
]
DUE = [("overdue", _("Overdue")), ("later", _("Later")), ("undated", _("Open, no date given"))]
FOLLOW_UP = [
    ("none-found", _("None found")),
    ("year-without", _("Open, nothing found for a year")),
]


def still_open():
    """The conditions of open commitments that depend on today, by the value that asks for each."""
    today, year = date.today(), date.today() - timedelta(days=365)
    conditions = {
        "overdue": Q(due__lt=today),
        "later": Q(due__gte=today),
        "undated": Q(due=None),
        "none-found": Q(followed_on=None),
        "year-without": Q(followed_on__lte=year) | Q(followed_on=None, day__lte=year),
    }
    is_open = Q(status__in=choices.OPEN_STATUSES)
    return {value: condition & is_open for value, condition in conditions.items()}


class SummitFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Words"))
    party = ModelMultipleChoiceFilter(
        field_name="parties__slug",
        queryset=Party.objects.all(),
        to_field_name="slug",
        label=_("Party"),
    )
    form = MultipleChoiceFilter(choices=choices.SummitForm.choices, label=_("Form"))
    setting = MultipleChoiceFilter(choices=choices.Setting.choices, label=_("Setting"))
    topic = ModelMultipleChoiceFilter(
        field_name="about__slug",
        queryset=Topic.objects.all(),
        to_field_name="slug",
        label=_("Topic"),
    )
    series = ModelMultipleChoiceFilter(
        field_name="series__slug",
        queryset=Series.objects.all(),
        to_field_name="slug",
        label=_("Series"),
    )
    start = django_filters.DateFilter("day", "gte", label=_("From"))
    end = django_filters.DateFilter("day", "lte", label=_("To"))
    sort = django_filters.OrderingFilter(
        fields=[("day", "date"), ("promised", "commitments"), ("title_en", "title")],
        choices=[
            ("date", _("Oldest first")),
            ("-commitments", _("Most commitments")),
            ("title", _("Title")),
        ],
        empty_label=_("Newest first"),
        label=_("Sort by"),
    )

    class Meta:
        model = Summit
        fields = {}

    def with_words(self, queryset, name, value):
        return queryset.filter(Q(title_en__icontains=value) | Q(summary_en__icontains=value))


class CommitmentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Words"))
    status = MultipleChoiceFilter(choices=choices.CommitmentStatus.choices, label=_("Status"))
    due = MultipleChoiceFilter(choices=DUE, method="when_open", label=_("Due"))
    followup = MultipleChoiceFilter(choices=FOLLOW_UP, method="when_open", label=_("Follow-up"))
    said = MultipleChoiceFilter(choices=SAID, label=_("What was said"))
    party = ModelMultipleChoiceFilter(
        field_name="parties__slug",
        queryset=Party.objects.all(),
        to_field_name="slug",
        label=_("Party"),
    )
    topic = ModelMultipleChoiceFilter(
        method="with_topic", queryset=Topic.objects.all(), to_field_name="slug", label=_("Topic")
    )
    kind = MultipleChoiceFilter(choices=choices.CommitmentKind.choices, label=_("Kind"))
    series = ModelMultipleChoiceFilter(
        field_name="summit__series__slug",
        queryset=Series.objects.all(),
        to_field_name="slug",
        label=_("Series"),
    )
    start = django_filters.DateFilter("day", "gte", label=_("From"))
    end = django_filters.DateFilter("day", "lte", label=_("To"))
    sort = django_filters.OrderingFilter(
        fields=[("day", "date"), ("due", "due"), ("title_en", "title")],
        choices=[("date", _("Oldest first")), ("due", _("Due first")), ("title", _("Title"))],
        empty_label=_("Newest first"),
        label=_("Sort by"),
    )

    class Meta:
        model = Commitment
        fields = {}

    def with_words(self, queryset, name, value):
        return queryset.filter(Q(title_en__icontains=value) | Q(gist_en__icontains=value))

    def when_open(self, queryset, name, value):
        wanted, conditions = Q(), still_open()
        for one in value:
            wanted |= conditions[one]
        return queryset.filter(wanted)

    def with_topic(self, queryset, name, value):
        if not value:
            return queryset
        found = Q(topics__in=value) | Q(topics__parent__in=value)
        return queryset.filter(found).distinct()
