"""The texts of Django templates as Babel wants them: Babel itself reads Jinja2 only."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract(file: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Messages of `{% translate %}` and `{% blocktranslate %}`, as extract_python gives them.

    What Django's makemessages feeds xgettext is Python enough once no line is indented.
    """
    source = templatize(file.read().decode())
    lines = "\n".join(line.strip() for line in source.split("\n"))
    yield from extract_python(BytesIO(lines.encode()), keywords, comment_tags, options)
