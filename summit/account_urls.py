"""Where editors sign in and keep their second factor; nothing else of allauth has an address."""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("second-step/", include("allauth.mfa.urls")),
]
