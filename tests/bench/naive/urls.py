from django.urls import path

from . import details, lists, searching, views

app_name = "naive"
urlpatterns = [
    path("", views.not_drawn, name="home"),
    path("summits", lists.Summits.as_view(), name="summits"),
    path("commitments", lists.Commitments.as_view(), name="commitments"),
    path("summits/<slug:slug>", details.SummitPage.as_view(), name="summit"),
    path("commitments/<slug:slug>", details.CommitmentPage.as_view(), name="commitment"),
    path("search", searching.Search.as_view(), name="search"),
    # Pages that the measured ones lead to.
    path("summits/<slug:slug>/editions", views.not_drawn, name="editions"),
    path("summits/<slug:slug>/editions/<int:number>", views.not_drawn, name="edition"),
    path("summits/<slug:slug>/sessions/<slug:key>", views.not_drawn, name="session"),
    path("participants", views.not_drawn, name="participants"),
    path("participants/<slug:slug>", views.not_drawn, name="person"),
    path("parties/<slug:slug>", views.not_drawn, name="party"),
    path("relations", views.not_drawn, name="relations"),
    path("series", views.not_drawn, name="all-series"),
    path("series/<slug:slug>", views.not_drawn, name="series"),
    path("topics", views.not_drawn, name="topics"),
    path("topics/<slug:slug>", views.not_drawn, name="topic"),
    path("sessions", views.not_drawn, name="sessions"),
    path("changes", views.not_drawn, name="changes"),
    path("data", views.not_drawn, name="data"),
    path("about", views.not_drawn, name="about"),
    path("about/<slug:page>", views.not_drawn, name="about-page"),
]
