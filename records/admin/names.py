"""Names of the vocabulary in forms: completed while typing, told apart by their slugs."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple


def inner(widget):
    """The select itself, inside the links that Django draws beside it."""
    return getattr(widget, "widget", widget)


def labelled(name):
    """Two people of one name are told apart by the slug; editors know parties by it."""
    return f"{name} ({name.slug})" if hasattr(name, "slug") else str(name)


class NameSelect(AutocompleteSelect):
    """One name; `at_hand` is the row it shows at first, which then need not be asked for."""

    at_hand = None

    def optgroups(self, name, value, attrs=None):
        chosen = {str(each) for each in value if each not in (None, "")}
        if self.at_hand and chosen == {str(self.at_hand.pk)}:
            rows = [self.at_hand]
        else:
            rows = self.choices.queryset.filter(pk__in=known(chosen)) if chosen else []
        empty = [] if self.is_required or self.allow_multiple_selected else [("", "", False)]
        options = [*empty, *((row.pk, labelled(row), True) for row in rows)]
        return [
            (None, [self.create_option(name, *option, at) for at, option in enumerate(options)], 0)
        ]


class NameSelectMultiple(AutocompleteSelectMultiple):
    def optgroups(self, name, value, attrs=None):
        return NameSelect.optgroups(self, name, value, attrs)

    def build_attrs(self, base_attrs, extra_attrs=None):
        # “Clear all” stands in the list of names without being one; each name has its own.
        return {**super().build_attrs(base_attrs, extra_attrs), "data-allow-clear": "false"}

    at_hand = None


def known(chosen):
    """Those of typed ids that can be ids: a form comes back with what was sent, whatever it is."""
    return [each for each in chosen if each.isascii() and each.isdigit() and len(each) < 19]
