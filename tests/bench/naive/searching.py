"""Search by `icontains`: each kind of record in its own texts and in those under it."""

from django.db.models import Q
from django.views.generic import TemplateView

from .models import Commitment, Party, Person, Series, Session, Source, Summit, Topic
from .views import PageMixin

LANGUAGES = {"en": "English", "ko": "Korean", "ja": "Japanese"}
NAMES = ["name_en", "name_ko", "name_ja"]
TITLES = ["title_en", "title_ko", "title_ja"]


class Search(PageMixin, TemplateView):
    template_name = "naive/search.html"
    at_once = 3
    fields = {
        Person: NAMES,
        Summit: [*TITLES, "summary_en", "summary_ko", "summary_ja"],
        Commitment: [*TITLES, "gist_en", "gist_ko", "gist_ja"],
        Session: TITLES,
        Source: ["title", "publisher"],
        Party: NAMES,
        Topic: NAMES,
        Series: NAMES,
    }
    # What else leads to a record: a path, and what it is called.
    under = {
        Summit: {"commitments": "a commitment", "topics": "a topic"},
        Commitment: {"topics": "a topic"},
    }
    prefetched = {
        Summit: ["country", "commitments", "topics"],
        Commitment: ["summit", "topics"],
        Session: ["summit"],
        Source: ["summit"],
    }
    headings = {
        Person: ("Participants", "participant"),
        Summit: ("Summits", "summit"),
        Commitment: ("Commitments", "commitment"),
        Session: ("Sessions", "session"),
        Source: ("Sources", "source"),
        Party: ("Parties", "party"),
        Topic: ("Topics", "topic"),
        Series: ("Series", "series"),
    }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        words, groups = self.request.GET.get("q", ""), []
        for model in self.fields:
            found = self.found(model, words)
            count = found.count()
            if not count:
                continue
            hits = found.prefetch_related(*self.prefetched.get(model, []))[: self.at_once]
            heading, name = self.headings[model]
            groups.append({
                "heading": heading,
                "name": name,
                "count": count,
                "hits": [(hit, self.why(hit, words)) for hit in hits],
            })  # fmt: skip
        return {**context, "words": words, "groups": groups}

    def found(self, model, words):
        """The records whose own texts, or those of what is under them, hold the words."""
        wanted = Q()
        for name in self.fields[model]:
            wanted |= Q(**{f"{name}__icontains": words})
        for path in self.under.get(model, {}):
            other = model._meta.get_field(path).related_model
            own = TITLES if other is Commitment else NAMES
            titled = Q()
            for name in own:
                titled |= Q(**{f"{name}__icontains": words})
            others = other.objects.filter(titled)
            wanted |= Q(pk__in=model.objects.filter(**{f"{path}__in": others}).order_by())
        return model.objects.filter(wanted)

    def why(self, hit, words):
        """Which text matched: what it is, in which language, the text."""
        for name in self.fields[type(hit)]:
            text = getattr(hit, name)
            if words.lower() in text.lower():
                what, _mark, language = name.partition("_")
                return {"what": what, "language": LANGUAGES.get(language, ""), "text": text,
                        "code": language, "is_own": name == "title_en"}  # fmt: skip
        for path, called in self.under.get(type(hit), {}).items():
            for other in getattr(hit, path).all():
                for name in TITLES if path == "commitments" else NAMES:
                    if words.lower() in getattr(other, name).lower():
                        what, _mark, language = name.partition("_")
                        return {"what": f"{what} of {called}", "language": LANGUAGES[language],
                                "text": getattr(other, name), "code": language}  # fmt: skip
        return None
