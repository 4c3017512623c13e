"""Generic views: lists with counted facets, details, search by `icontains`."""

from datetime import date

from django.db.models import Count, Q
from django.views.generic import DetailView, TemplateView
from django_filters.views import FilterView

from .filters import CommitmentFilter, SummitFilter
from .models import Commitment, Person, Session, Source, Summit


class Faceted(FilterView):
    paginate_by = 25
    facets = {}  # of the form: a column, or a path to the slug of a name

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = self.object_list.order_by()
        context["facets"] = {
            name: found.values_list(path).annotate(count=Count("pk", distinct=True)).order_by(path)
            for name, path in self.facets.items()
        }
        return context


class Summits(Faceted):
    filterset_class = SummitFilter
    template_name = "naive/summits.html"
    facets = {
        "form": "form",
        "setting": "setting",
        "party": "parties__name_en",
        "topic": "topics__name_en",
        "series": "series__name_en",
    }

    def get_queryset(self):
        rows = Summit.objects.select_related("country").annotate(
            promised=Count("commitments", distinct=True)
        )
        return rows.prefetch_related("attendances__person", "commitments")


class Commitments(Faceted):
    filterset_class = CommitmentFilter
    template_name = "naive/commitments.html"
    facets = {
        "status": "status",
        "kind": "kind",
        "party": "parties__name_en",
        "topic": "topics__name_en",
        "series": "summit__series__name_en",
    }

    def get_queryset(self):
        rows = Commitment.objects.select_related("summit")
        return rows.prefetch_related("topics", "progress")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        late = Q(due__lt=date.today(), status__in=["announced", "in-progress", "stalled"])
        context["overdue"] = self.object_list.filter(late).count()
        return context


class SummitPage(DetailView):
    template_name = "naive/summit.html"
    queryset = Summit.objects.select_related("country", "series").prefetch_related(
        "parties",
        "topics",
        "sources",
        "editions",
        "attendances__person",
        "attendances__party",
        "sessions__cites",
        "commitments__topics",
        "commitments__parties",
        "commitments__cites",
        "commitments__wordings__party",
        "commitments__wordings__cites",
        "commitments__progress__cites",
    )


class CommitmentPage(DetailView):
    template_name = "naive/commitment.html"
    queryset = Commitment.objects.select_related("summit__country").prefetch_related(
        "topics", "parties", "cites", "wordings__party", "wordings__cites", "progress__cites",
        "summit__sources", "summit__editions",
    )  # fmt: skip


class Search(TemplateView):
    template_name = "naive/search.html"
    fields = {
        Person: ["name_en", "name_ko", "name_ja"],
        Summit: ["title_en", "title_ko", "title_ja", "summary_en", "summary_ko", "summary_ja"],
        Commitment: ["title_en", "title_ko", "title_ja", "gist_en", "gist_ko", "gist_ja"],
        Session: ["title_en", "title_ko", "title_ja"],
        Source: ["title", "publisher"],
    }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        words, groups = self.request.GET.get("q", ""), []
        for model, names in self.fields.items():
            wanted = Q()
            for name in names:
                wanted |= Q(**{f"{name}__icontains": words})
            found = model.objects.filter(wanted)
            groups.append((model._meta.verbose_name_plural, found.count(), found[:3]))
        return {**context, "words": words, "groups": groups}
