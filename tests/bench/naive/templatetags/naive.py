"""Filters of the twin's templates."""

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from records import date_words

register = template.Library()
MACHINE_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@register.filter
def get_item(dictionary, key):
    return dictionary.get(key)


@register.filter
def in_words(edtf):
    """An uncertain date as text."""
    return date_words.in_words(edtf, "en")


@register.filter
def when(edtf, length="short"):
    """An uncertain date in words, as `<time>` where HTML can hold it."""
    is_long = length == "long"
    words = date_words.in_words(edtf, "en", weekday=is_long, precision_note=is_long)
    if MACHINE_DATE.fullmatch(edtf):
        return format_html('<time datetime="{}">{}</time>', edtf, words)
    return format_html('<span class="when">{}</span>', words)


@register.filter
def marked(text, words):
    """A text with the words that were looked for marked in it."""
    pattern = re.compile(re.escape(escape(words)), re.IGNORECASE)
    return mark_safe(pattern.sub(r"<mark>\g<0></mark>", escape(text)))
