from django.urls import path

from . import views

urlpatterns = [
    path("summits", views.Summits.as_view()),
    path("commitments", views.Commitments.as_view()),
    path("summits/<slug:slug>", views.SummitPage.as_view()),
    path("commitments/<slug:slug>", views.CommitmentPage.as_view()),
    path("search", views.Search.as_view()),
]
