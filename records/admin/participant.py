"""People and groups, the delegations they came with, and how they were there."""

from django.contrib import admin
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

from records.models import Attendance, Delegation, Participant

from .fields import texts
from .merging import Merging
from .part import PartAdmin, PartForm
from .row import RowForm, spoken
from .vocabulary import NameAdmin


class ParticipantForm(RowForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "wikidata" in self.fields:
            self.fields["wikidata"].validators.append(
                RegexValidator(r"^Q[1-9][0-9]*\Z", gettext_lazy("Write it like Q12345."))
            )


@admin.register(Participant)
class ParticipantAdmin(Merging, NameAdmin):
    form = ParticipantForm
    spellings = ("formerly", "also")
    search_fields = (
        *NameAdmin.search_fields,
        "sort_name_en",
        "sort_name_ko",
        "sort_name_ja",
        "wikidata",
    )
    list_display = ("spoken_name", "name_ko", "name_ja", "slug", "kind")
    list_filter = ("kind",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("slug", "kind", "wikidata"),
                    *texts("name", "sort_name"),
                    "also",
                )
            },
        ),
    )


class DelegationForm(PartForm):
    fixed = ("party",)


@admin.register(Delegation)
class DelegationAdmin(PartAdmin):
    form = DelegationForm
    columns = (gettext_lazy("party"), gettext_lazy("role"), gettext_lazy("rank of the visit"))
    list_display = ("party", "role", "rank", "of_summit")
    list_filter = ("role", "rank")
    list_select_related = ("summit", "party")
    search_fields = (
        "party__slug",
        "party__name_en",
        "party__name_ko",
        "party__name_ja",
        "note_en",
        "note_ko",
        "note_ja",
        "summit__slug",
    )
    ordering = ("-summit__starts_first", "summit__slug", "order")
    fieldsets = ((None, {"fields": ("party", ("role", "rank"), *texts("note"), "cites")}),)

    def facts(self, row, item):
        return [str(row.party), row.get_role_display(), row.get_rank_display()]


class AttendanceForm(PartForm):
    fixed = ("participant",)


@admin.register(Attendance)
class AttendanceAdmin(PartAdmin):
    form = AttendanceForm
    columns = (
        gettext_lazy("participant"),
        gettext_lazy("party"),
        gettext_lazy("office"),
        gettext_lazy("capacity"),
        gettext_lazy("presence"),
    )
    list_display = (
        "participant",
        "party",
        "spoken_office",
        "capacity",
        "principal",
        "presence",
        "of_summit",
    )
    list_filter = ("capacity", "presence", "principal", ("party", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("summit", "participant", "party")
    search_fields = (
        "participant__slug",
        "participant__name_en",
        "participant__name_ko",
        "participant__name_ja",
        "office_en",
        "office_ko",
        "office_ja",
        "summit__slug",
    )
    ordering = ("-summit__starts_first", "summit__slug", "order")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "participant",
                    ("party", "on_behalf_of"),
                    *texts("office"),
                    ("capacity", "presence", "principal"),
                    "period",
                    *texts("note"),
                    "cites",
                )
            },
        ),
    )

    def facts(self, row, item):
        return [
            str(row.participant),
            item.get("party", ""),
            spoken(row, "office"),
            row.get_capacity_display(),
            row.get_presence_display(),
        ]

    @admin.display(description=gettext_lazy("office"), ordering="office_en")
    def spoken_office(self, row):
        return spoken(row, "office")
