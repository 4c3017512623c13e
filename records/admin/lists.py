"""The short lists of a summit's parts on its form, each row with a link to its own form."""

from django.utils.text import capfirst

from records.document.schema import LANGUAGES, SUMMIT

from .record import add_form, form_of


def untranslated(item, shape):
    """Languages in which something is not said that is said in another, below `item` too."""
    lacking = set()
    for fact in shape.facts:
        said = item.get(fact.name)
        if fact.kind in ("text", "says") and isinstance(said, dict):
            lacking |= set(LANGUAGES) - set(said)
    for child in shape.children:
        for row in item.get(child.name, []):
            lacking |= set(untranslated(row, child))
    return [code for code in LANGUAGES if code in lacking]


class PartList:
    """One list: its title, columns and rows, and where a row is added if the editor may."""

    def __init__(self, shape, part, record, request):
        self.name = shape.name
        self.title = capfirst(part.opts.verbose_name_plural)
        self.singular = part.opts.verbose_name
        self.columns = part.columns
        self.add = ""
        if part.has_add_permission(request):
            self.add = add_form(part.model, record.summit)
        self.rows = [
            {
                "address": form_of(row),
                "name": shape.known_by(item, place),
                "facts": part.facts(row, item),
                "untranslated": untranslated(item, shape),
            }
            for place, (row, item) in enumerate(record.rows(shape))
        ]


def part_lists(admin_site, record, request):
    """The lists of all kinds of part this editor may see."""
    parts = [(shape, admin_site.get_model_admin(shape.model)) for shape in SUMMIT.children]
    return [
        PartList(shape, part, record, request)
        for shape, part in parts
        if part.has_view_or_change_permission(request)
    ]
