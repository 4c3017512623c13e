"""The record's addresses: `pages` stand below a language, `urlpatterns` (data, identities) below
none. An identity is the citable address of a thing; it leads to its page or its data."""

from django.urls import path, re_path

from records.views import addresses, data, records
from records.views.home import home
from records.views.lists import Commitments, Participants, Sessions, Sources, Summits

LISTS = {
    "summits": Summits,
    "commitments": Commitments,
    "participants": Participants,
    "sessions": Sessions,
    "sources": Sources,
}
# name -> where it stands, its page, its data
RECORDS = {
    "summit": ("summits/<slug:slug>", records.summit, data.summit),
    "edition": (
        "summits/<slug:slug>/editions/<int:number>",
        records.edition,
        data.edition,
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
}

pages = [
    path("", home, name="home"),
    *(path(name, view.as_view(), name=name) for name, view in LISTS.items()),
    *(path(place, page, name=name) for name, (place, page, _) in RECORDS.items()),
    re_path(r"^(?P<place>.+\.json)$", addresses.without_language),
]

urlpatterns = [
    path("", addresses.root, name="root"),
    path("robots.txt", addresses.robots, name="robots"),
    path("livez", addresses.livez, name="livez"),
    path("readyz", addresses.readyz, name="readyz"),
    *(
        path(f"{name}.json", view.as_view(as_data=True), name=f"{name}-json")
        for name, view in LISTS.items()
    ),
    *(
        path(f"{place}.json", view, name=f"{name}-json")
        for name, (place, _, view) in RECORDS.items()
    ),
    *(path(name, addresses.identity, {"name": name}, name=f"{name}-id") for name in LISTS),
    *(
        path(place, addresses.identity, {"name": name}, name=f"{name}-id")
        for name, (place, _, _) in RECORDS.items()
    ),
]
