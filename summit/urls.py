"""The root of all addresses: the admin has no language prefix, the record's own are in records."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("records.urls")),
]
