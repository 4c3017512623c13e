"""The record's addresses: `pages` stand below a language, `urlpatterns` (data, identities) below
none. An identity is the citable address of a thing; it leads to its page or its data."""

from django.urls import path, re_path

from records.exports.columns import TABLES
from records.language import LANGUAGES
from records.views import (
    about,
    addresses,
    calendars,
    changes,
    data,
    descriptions,
    downloads,
    exports,
    feeds,
    records,
    search,
    subject_lists,
    subjects,
    wellknown,
)
from records.views.calendars import CALENDARS
from records.views.changes import Changes, Corrections
from records.views.home import home
from records.views.lists import Commitments, Participants, Sessions, Sources, Summits

LISTS = {
    "summits": Summits,
    "commitments": Commitments,
    "participants": Participants,
    "sessions": Sessions,
    "sources": Sources,
    "changes": Changes,
    "corrections": Corrections,
}
# name -> where it stands, its page, its data
RECORDS = {
    "summit": ("summits/<slug:slug>", records.summit, data.summit),
    "edition": (
        "summits/<slug:slug>/editions/<int:number>",
        records.edition,
        data.edition,
    ),
    "editions": (
        "summits/<slug:slug>/editions",
        changes.editions,
        changes.editions_data,
    ),
    "edition-changes": (
        "summits/<slug:slug>/editions/<int:number>/changes",
        changes.edition_changes,
        changes.edition_changes_data,
    ),
    "session": (
        "summits/<slug:slug>/sessions/<slug:key>",
        records.session,
        data.session,
    ),
    "commitment": (
        "commitments/<slug:identifier>",
        records.commitment,
        data.commitment,
    ),
    "participant": (
        "participants/<slug:slug>",
        records.participant,
        data.participant,
    ),
    **{
        addresses.page_name(kind): (
            f"{place}/<slug:slug>",
            subjects.page_of(kind),
            subjects.data_of(kind),
        )
        for kind, place in addresses.PLACES.items()
    },
}
# Lists of names, short and without filters.
NAMES = {
    place: (subject_lists.page_of(kind), subject_lists.data_of(kind))
    for kind, place in addresses.PLACES.items()
}
# Files with words of the reader's language stand below it: name -> file -> its view.
FILES = {
    "summit": {
        "ics": calendars.summit,
        "atom": feeds.summit,
        "bib": downloads.edition("bib"),
        "ris": downloads.edition("ris"),
    },
    "edition": {"bib": downloads.edition("bib"), "ris": downloads.edition("ris")},
    "session": {"ics": calendars.session},
    "commitment": {
        "atom": feeds.commitment,
        "bib": downloads.commitment("bib"),
        "ris": downloads.commitment("ris"),
    },
    "participant": {"ics": calendars.participant, "atom": feeds.participant},
}
# All of them: name -> file -> where it stands, its view.
PLACES = {
    **{
        f"{name}-atom": (f"{name}.atom", LISTS[name].as_view(as_data=True, file="atom"))
        for name in LISTS
    },
    **{
        f"{name}-ics": (f"{name}.ics", view.as_view(as_data=True, file="ics"))
        for name, view in LISTS.items()
        if name in CALENDARS
    },
    **{
        f"{name}-{file}": (f"{RECORDS[name][0]}.{file}", view)
        for name, found in FILES.items()
        for file, view in found.items()
    },
}

# Pages of words about the record: name -> where it stands, its view.
ABOUT = {
    "about": ("about", about.about),
    "about-method": ("about/method", about.method),
    "about-corrections": ("about/corrections", about.corrections),
    "about-accessibility": ("about/accessibility", about.accessibility),
    "about-promises": ("about/promises", about.promises),
    "data": ("data", about.data),
}

pages = [
    path("", home, name="home"),
    *(path(name, view.as_view(), name=name) for name, view in LISTS.items()),
    *(path(name, page, name=name) for name, (page, _) in NAMES.items()),
    path("search", search.search, name="search"),
    *(path(place, page, name=name) for name, (place, page, _) in RECORDS.items()),
    *(path(place, page, name=name) for name, (place, page) in ABOUT.items()),
    *(path(place, view, name=name) for name, (place, view) in PLACES.items()),
    re_path(r"^(?P<place>.+\.(?:json|csv))$", addresses.without_language),
]

urlpatterns = [
    path("", addresses.root, name="root"),
    path("robots.txt", addresses.robots, name="robots"),
    path(".well-known/security.txt", wellknown.security, name="security-txt"),
    path("search.json", search.search, {"as_data": True}, name="search-json"),
    path("search", addresses.identity, {"name": "search"}, name="search-id"),
    re_path(
        rf"^opensearch-(?P<code>{'|'.join(LANGUAGES)})\.xml$", search.description, name="opensearch"
    ),
    path("sitemap.xml", descriptions.sitemap, name="sitemap"),
    path(
        "sitemap-<slug:section>-<int:part>.xml",
        descriptions.sitemap_part,
        {"pages": ["home", *LISTS, *NAMES, *ABOUT]},
        name="sitemap-part",
    ),
    path("schema/summit.json", descriptions.summit_schema, name="summit-schema"),
    path(
        "openapi.json",
        descriptions.api,
        {
            "lists": {name: view.filterset for name, view in LISTS.items()},
            "records": {name: place for name, (place, _, _) in RECORDS.items()},
            "names": list(NAMES),
        },
        name="openapi",
    ),
    path("exports/latest", exports.latest, name="exports-latest"),
    re_path(r"^exports/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})$", exports.index, name="exports-day"),
    re_path(
        r"^exports/(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})/(?P<name>[A-Za-z0-9._-]+)$",
        exports.file,
        name="exports-file",
    ),
    path("livez", addresses.livez, name="livez"),
    path("readyz", addresses.readyz, name="readyz"),
    *(
        path(f"{name}.json", view.as_view(as_data=True), name=f"{name}-json")
        for name, view in LISTS.items()
    ),
    *(path(f"{name}.json", view, name=f"{name}-json") for name, (_, view) in NAMES.items()),
    *(
        path(f"{place}.json", view, name=f"{name}-json")
        for name, (place, _, view) in RECORDS.items()
    ),
    *(
        path(f"{name}.csv", view.as_view(as_data=True, file="csv"), name=f"{name}-csv")
        for name, view in LISTS.items()
        if name in TABLES
    ),
    path("summits/<slug:slug>.csv", downloads.summit_table, name="summit-csv"),
    # Typed without a language, a file with words in it leads to the one the reader prefers.
    *(
        path(place, addresses.in_a_language, {"name": name}, name=f"{name}-id")
        for name, (place, _) in PLACES.items()
    ),
    *(path(name, addresses.identity, {"name": name}, name=f"{name}-id") for name in LISTS),
    *(path(name, addresses.identity, {"name": name}, name=f"{name}-id") for name in NAMES),
    *(
        path(place, about.in_readers_language, {"name": name}, name=f"{name}-id")
        for name, (place, _) in ABOUT.items()
    ),
    *(
        path(place, addresses.identity, {"name": name}, name=f"{name}-id")
        for name, (place, _, _) in RECORDS.items()
    ),
]
