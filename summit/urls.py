"""The root of all addresses: pages stand below a language, the admin and data below none."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from records.urls import pages

# Before the admin, which answers everything below its own address.
accounts = (
    [path("admin/account/", include("summit.account_urls"))] if settings.SECOND_FACTOR else []
)

urlpatterns = [
    *accounts,
    path("admin/", admin.site.urls),
    path("", include("records.urls")),
    *i18n_patterns(
        path("preview/", include("records.admin.previewed")),
        path("", include(pages)),
        prefix_default_language=True,
    ),
]

handler400 = "records.views.addresses.bad_request"
handler403 = "records.views.addresses.forbidden"
handler404 = "records.views.addresses.not_found"
handler500 = "records.views.addresses.server_error"
handler503 = "records.views.unavailable.unavailable"  # asked for by summit/trouble.py
