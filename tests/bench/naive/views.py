"""What the twin's views share."""

from django.http import Http404

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def not_drawn(request, **names):
    """A page that the measured ones lead to, and that nobody measures."""
    raise Http404


class PageMixin:
    """What every page shows around its own."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["site"] = self.request.build_absolute_uri("/")[:-1]
        context["licence"] = LICENCE
        return context
