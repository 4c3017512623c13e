"""Lists: `FilterView` with counted facets."""

import json

from django.db.models import Count, Max, Min
from django_filters.views import FilterView

from .filters import CommitmentFilter, SummitFilter, still_open
from .models import Commitment, Summit, Topic
from .views import LICENCE, PageMixin


class Faceted(PageMixin, FilterView):
    paginate_by = 25
    facets = {}  # of the form: a column, or a path to the slug of a name
    formats = [
        ("json", "application/json", "JSON"),
        ("csv", "text/csv", "CSV"),
        ("ics", "text/calendar", "Calendar"),
        ("atom", "application/atom+xml", "Atom"),
    ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page, pages = context["page_obj"], context["paginator"]
        query = self.request.GET.copy()
        query.pop("page", None)
        found = self.found(self.request.GET)
        facets = [self.facet(name, path, found) for name, path in self.facets.items()]
        return {
            **context,
            "facets": facets,
            "chosen": [one for facet in facets for one in facet["values"] if one["checked"]],
            "pages": pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "query": query.urlencode(),
            "formats": self.formats,
            "jsonld": self.jsonld(query.urlencode()),
        }

    def found(self, query):
        query = query.copy()
        query.pop("sort", None)
        return self.filterset_class(query, queryset=self.model.objects.order_by()).qs

    def facet(self, name, path, found):
        """The values of a facet, counted as if nothing of itself was chosen."""
        others = self.request.GET.copy()
        chosen = others.pop(name, [])
        counts = self.count(name, path, self.found(others) if chosen else found)
        field = self.filterset_class.base_filters[name]
        values = []
        for value, label, below in self.labels(field):
            if counts.get(value) or value in chosen:
                values.append({
                    "value": value,
                    "label": label,
                    "below": below,
                    "count": counts.get(value, 0),
                    "checked": value in chosen,
                    "facet": field.label,
                    "without": self.without(name, value),
                })  # fmt: skip
        return {"name": name, "label": field.label, "values": values}

    def count(self, name, path, found):
        return dict(found.values_list(path).annotate(count=Count("pk", distinct=True)))

    def labels(self, field):
        """Of each value of a facet: value, label, whether it stands below another."""
        if "choices" in field.extra:
            return [(value, label, False) for value, label in field.extra["choices"]]
        names = field.extra["queryset"].all()
        if names.model is not Topic:
            return [(one.slug, one.name_en, False) for one in names]
        topics = names.select_related("parent")
        in_order = sorted(topics, key=lambda one: (one.main.slug, bool(one.parent), one.slug))
        return [(one.slug, one.name_en, bool(one.parent)) for one in in_order]

    def without(self, name, value):
        """The query string without one of the chosen values."""
        query = self.request.GET.copy()
        query.pop("page", None)
        query.setlist(name, [one for one in query.getlist(name) if one != value])
        return query.urlencode()

    def jsonld(self, query):
        address = self.request.build_absolute_uri(self.request.path)
        query = f"?{query}" if query else ""
        files = [(kind, f"{address}.{ending}{query}") for ending, kind, _name in self.formats]
        return json.dumps({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": address + query,
            "name": self.heading,
            "license": LICENCE,
            "isAccessibleForFree": True,
            "inLanguage": ["en", "ko", "ja"],
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": place}
                for kind, place in files
            ],
        })  # fmt: skip


class Summits(Faceted):
    model = Summit
    heading = "Summits"
    filterset_class = SummitFilter
    template_name = "naive/summits.html"
    facets = {
        "party": "parties__slug",
        "form": "form",
        "setting": "setting",
        "topic": "about__slug",
        "series": "series__slug",
    }

    def get_queryset(self):
        rows = Summit.objects.select_related("country")
        if "commitments" in self.request.GET.get("sort", ""):
            rows = rows.annotate(promised=Count("commitments"))
        return rows.prefetch_related("attendances__person", "commitments")


class Commitments(Faceted):
    model = Commitment
    heading = "Commitments"
    filterset_class = CommitmentFilter
    template_name = "naive/commitments.html"
    facets = {
        "status": "status",
        "due": "due",
        "followup": "followed_on",
        "said": "said",
        "party": "parties__slug",
        "topic": "topics__slug",
        "kind": "kind",
        "series": "summit__series__slug",
    }

    def get_queryset(self):
        return Commitment.objects.select_related("summit").prefetch_related("topics")

    def count(self, name, path, found):
        if name in ("due", "followup"):
            values = [
                value for value, _label in self.filterset_class.base_filters[name].extra["choices"]
            ]
            return {value: found.filter(still_open()[value]).count() for value in values}
        counts = super().count(name, path, found)
        if name == "topic":  # a main topic holds what is said of its own
            for topic in Topic.objects.exclude(parent=None).select_related("parent"):
                main = topic.parent.slug
                counts[main] = counts.get(main, 0) + counts.get(topic.slug, 0)
        return counts

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = self.object_list.order_by()
        counts = super().count("status", "status", found)
        most = max(counts.values(), default=1)
        statuses = self.labels(CommitmentFilter.base_filters["status"])
        context["bars"] = [
            (value, label, counts[value], round(200 * counts[value] / most))
            for value, label, _below in statuses
            if value in counts
        ]
        context["checked"] = found.aggregate(
            first=Min("summit__checked_on"), last=Max("summit__checked_on")
        )
        return context
