"""Pages of one record: `DetailView`."""

import json

from django.views.generic import DetailView

from .models import Commitment, Summit
from .views import LICENCE, PageMixin


class SummitPage(PageMixin, DetailView):
    template_name = "naive/summit.html"
    queryset = Summit.objects.select_related("country", "series").prefetch_related(
        "topics", "editions", "fact_sources__source", "sources__issued_by",
        "delegations__party", "delegations__cites",
        "attendances__person", "attendances__party", "attendances__cites",
        "sessions__cites",
        "commitments__topics__parent", "commitments__cites",
        "commitments__wordings__party", "commitments__wordings__cites",
        "commitments__progress__cites",
    )  # fmt: skip

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        summit = self.object
        sources = list(summit.sources.all())
        sides = [
            (side, [one for one in summit.attendances.all() if one.party == side.party])
            for side in summit.delegations.all()
        ]
        by_topic = {}
        for one in summit.commitments.all():
            by_topic.setdefault(one.topics.all()[0].main, []).append(one)
        return {
            **context,
            "sources": sources,
            "numbers": {one.key: number for number, one in enumerate(sources, 1)},
            "cited": {
                fact: self.sources_of(fact)
                for fact in ("starts", "city", "form", "outcome", "series", "topics")
            },
            "supports": self.supports(),
            "sides": sides,
            "by_topic": by_topic,
            "edition": summit.editions.all()[0],
            "formats": [
                ("json", "application/json", "JSON"),
                ("csv", "text/csv", "CSV"),
                ("ics", "text/calendar", "Calendar"),
                ("atom", "application/atom+xml", "Atom"),
                ("bib", "application/x-bibtex", "BibTeX"),
                ("ris", "application/x-research-info-systems", "RIS"),
            ],
            "jsonld": self.jsonld(),
        }

    def sources_of(self, fact):
        found = [one for one in self.object.fact_sources.all() if one.fact in (fact, "all")]
        return sorted({one.source for one in found}, key=lambda source: source.key)

    def supports(self):
        """What each source is cited for: pairs of an anchor and a name."""
        supports = {}

        def cite(sources, anchor, name):
            for source in sources:
                places = supports.setdefault(source.key, [])
                if (anchor, name) not in places:
                    places.append((anchor, name))

        summit = self.object
        cite([one.source for one in summit.fact_sources.all()], "facts", "Facts")
        for one in [*summit.delegations.all(), *summit.attendances.all()]:
            cite(one.cites.all(), "participants", "Participants")
        for one in summit.sessions.all():
            cite(one.cites.all(), "programme", "Programme")
        for made in summit.commitments.all():
            for one in [made, *made.wordings.all(), *made.progress.all()]:
                cite(one.cites.all(), f"c-{made.number}", made.slug)
        return supports

    def jsonld(self):
        summit, absolute = self.object, self.request.build_absolute_uri
        told = {
            "@context": "https://schema.org",
            "@type": "Event",
            "@id": absolute(summit.get_absolute_url()),
            "name": summit.title_en,
            "description": summit.summary_en,
            "startDate": summit.starts,
            "eventStatus": "https://schema.org/EventScheduled",
            "location": {
                "@type": "Place",
                "name": summit.city,
                "address": f"{summit.city}, {summit.country}",
                "geo": {
                    "@type": "GeoCoordinates",
                    "latitude": summit.latitude,
                    "longitude": summit.longitude,
                },
            },
            "organizer": [{"@type": "Country", "name": summit.country.name_en}],
            "attendee": [
                {
                    "@type": "Person",
                    "name": one.person.name_en,
                    "@id": absolute(one.person.get_absolute_url()),
                }
                for one in summit.attendances.all()
            ],
            "superEvent": {"@type": "EventSeries", "name": summit.series.name_en},
            "about": [topic.name_en for topic in summit.topics.all()],
            "subEvent": [
                {
                    "@type": "Event",
                    "@id": absolute(one.get_absolute_url()),
                    "name": one.title_en,
                    "startDate": one.starts_at.isoformat(),
                    "location": {"@type": "Place", "name": one.venue, "address": one.venue},
                }
                for one in summit.sessions.all()
                if one.date
            ],
            "version": summit.editions.all()[0].number,
            "license": LICENCE,
        }
        return json.dumps(told)


class CommitmentPage(PageMixin, DetailView):
    template_name = "naive/commitment.html"
    queryset = Commitment.objects.select_related("summit", "session").prefetch_related(
        "topics", "parties", "cites", "wordings__party", "wordings__cites", "progress__cites",
        "summit__sources__issued_by", "summit__editions",
    )  # fmt: skip

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        made = self.object
        citing = [made, *made.wordings.all(), *made.progress.all()]
        cited = {source.key for one in citing for source in one.cites.all()}
        sources = [one for one in made.summit.sources.all() if one.key in cited]
        beside = made.summit.commitments.order_by("number")
        return {
            **context,
            "summit": made.summit,
            "sources": sources,
            "numbers": {one.key: number for number, one in enumerate(sources, 1)},
            "before": beside.filter(number__lt=made.number).last(),
            "after": beside.filter(number__gt=made.number).first(),
            "edition": made.summit.editions.all()[0],
            "formats": [
                ("json", "application/json", "JSON"),
                ("atom", "application/atom+xml", "Atom"),
                ("bib", "application/x-bibtex", "BibTeX"),
                ("ris", "application/x-research-info-systems", "RIS"),
            ],
            "jsonld": self.jsonld(),
        }

    def jsonld(self):
        made = self.object
        done = {"fulfilled": "Completed", "not-fulfilled": "Failed", "in-progress": "Active"}
        return json.dumps({
            "@context": "https://schema.org",
            "@type": "PlanAction",
            "@id": self.request.build_absolute_uri(made.get_absolute_url()),
            "name": made.title_en,
            "description": made.gist_en,
            "agent": [{"@type": "Country", "name": one.name_en} for one in made.parties.all()],
            "actionStatus": f"https://schema.org/{done.get(made.status, 'Potential')}ActionStatus",
            "startTime": made.summit.starts,
            "object": [{"@type": "Thing", "name": one.name_en} for one in made.topics.all()],
        })  # fmt: skip
