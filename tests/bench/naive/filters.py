"""What may be asked of the twin's lists."""

import django_filters
from django_filters import ModelMultipleChoiceFilter, MultipleChoiceFilter

from records import choices

from .models import Commitment, Party, Series, Summit, Topic


class SummitFilter(django_filters.FilterSet):
    form = MultipleChoiceFilter(choices=choices.SummitForm.choices)
    setting = MultipleChoiceFilter(choices=choices.Setting.choices)
    party = ModelMultipleChoiceFilter(
        field_name="parties__slug", queryset=Party.objects.all(), to_field_name="slug"
    )
    topic = ModelMultipleChoiceFilter(
        field_name="topics__slug", queryset=Topic.objects.all(), to_field_name="slug"
    )
    series = ModelMultipleChoiceFilter(
        field_name="series__slug", queryset=Series.objects.all(), to_field_name="slug"
    )

    class Meta:
        model = Summit
        fields = ["form", "setting", "party", "topic", "series"]


class CommitmentFilter(django_filters.FilterSet):
    status = MultipleChoiceFilter(choices=choices.CommitmentStatus.choices)
    kind = MultipleChoiceFilter(choices=choices.CommitmentKind.choices)
    party = ModelMultipleChoiceFilter(
        field_name="parties__slug", queryset=Party.objects.all(), to_field_name="slug"
    )
    topic = ModelMultipleChoiceFilter(
        field_name="topics__slug", queryset=Topic.objects.all(), to_field_name="slug"
    )
    series = ModelMultipleChoiceFilter(
        field_name="summit__series__slug", queryset=Series.objects.all(), to_field_name="slug"
    )

    class Meta:
        model = Commitment
        fields = ["status", "kind", "party", "topic", "series"]
