"""What the rows of the record share: names that last, keys people can read, an order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import KEY_PATTERN, WordList, valid_key


class ByNaturalKey(models.Manager):
    def get_by_natural_key(self, *values):
        return self.get(**dict(zip(self.model.natural_fields, values, strict=True)))


class Row(models.Model):
    """A row that `loaddata` finds again by names instead of numbers (`natural_fields`)."""

    natural_fields: tuple[str, ...] = ()
    objects = ByNaturalKey()

    class Meta:
        abstract = True

    def natural_key(self):
        return tuple(follow(self, path.split("__")) for path in self.natural_fields)


def follow(thing, names):
    for name in names:
        if thing is None:
            return None
        thing = getattr(thing, name)
    return thing


def formerly():
    return WordList(
        _("formerly"),
        item={"type": "string", "pattern": KEY_PATTERN, "maxLength": 80},
        help_text=_("Names it had before; their addresses still lead here. Kept by “Rename”."),
    )


class Part(Row):
    """A row below a summit, in the order of the file."""

    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta(Row.Meta):
        abstract = True


class KeyedPart(Part):
    """A part of a summit known by a readable key that never changes by itself."""

    key = models.CharField(
        _("key"),
        max_length=60,
        validators=[valid_key],
        help_text=_(
            "A word or a date that names it inside its summit, such as “expanded-talks”."
            " Fixed once saved."
        ),
    )
    formerly = formerly()
    natural_fields = ("summit__slug", "key")

    class Meta(Part.Meta):
        abstract = True
