"""What the editors' desk keeps beside the record: open forms, events, work that waits, links.

People are kept by name and account where their deed outlives the account, as in `review.py`.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .keyed import ByNaturalKey, Row
from .summit import Summit


class OpenForm(Row):
    """A form that an editor has open, and what was typed into it and not saved."""

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="open_forms")
    form = models.CharField(max_length=200)  # its address
    summit = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)  # null: its editor left it
    typed = models.TextField(blank=True)
    typed_at = models.DateTimeField(null=True, blank=True)

    natural_fields = ("editor__username", "form")

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["editor", "form"], name="open_form_once_per_editor")
        ]
        indexes = [
            models.Index(fields=["form", "seen_at"], name="open_form_seen"),
            models.Index(fields=["summit", "seen_at"], name="open_form_of_summit"),
        ]

    def __str__(self):
        return f"{self.editor.get_username()}: {self.form}"


class Unchangeable(TypeError):
    """What was done stays told: an event is neither changed nor deleted."""


class Events(models.QuerySet):
    """Events, to be read and added to."""

    def update(self, **facts):
        raise Unchangeable("events are not changed")

    def delete(self):
        raise Unchangeable("events are not deleted")


class Event(models.Model):
    """Something an editor, a visitor of the sign-in page or a command did, told once and for all.

    The database refuses to change and to delete it as well (`migrations/0004_waiting.py`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=310)
    account = models.CharField(_("account"), max_length=150, blank=True)
    action = models.CharField(_("action"), max_length=40)  # a name of `audit.ACTIONS`
    kind = models.CharField(_("kind"), max_length=40, blank=True)  # a model's name
    key = models.CharField(_("key"), max_length=310, blank=True)
    summit = models.CharField(_("summit"), max_length=80, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    request = models.CharField(_("request"), max_length=32, blank=True)

    natural_fields = ("uid",)
    objects = ByNaturalKey.from_queryset(Events)()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="event_newest"),
            models.Index(fields=["account", "-at"], name="event_of_account"),
            models.Index(fields=["action", "-at"], name="event_of_action"),
            models.Index(fields=["summit", "-at"], name="event_of_summit"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.by}: {self.action} {self.key}".rstrip()

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Unchangeable("events are not changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Unchangeable("events are not deleted")

    def natural_key(self):
        return (str(self.uid),)


class Link(Row):
    """An address on the web that sources name, and whether it still answers."""

    url = models.CharField(max_length=600, unique=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # of HTTP, where one came
    trouble = models.CharField(max_length=200, blank=True)  # why none came
    final_url = models.CharField(max_length=2000, blank=True)  # where redirections led
    failing_since = models.DateTimeField(null=True, blank=True)
    is_dead = models.BooleanField(default=False)  # it failed on two different days

    natural_fields = ("url",)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["url"]
        indexes = [
            models.Index(fields=["checked_at"], name="link_checked"),
            models.Index(fields=["url"], name="link_dead", condition=models.Q(is_dead=True)),
        ]

    def __str__(self):
        return self.url


class Work(Row):
    """A fact of a working copy that asks for an editor's care, from a day on."""

    summit = models.ForeignKey(Summit, models.CASCADE, related_name="work")
    kind = models.CharField(max_length=20)  # a name of `waiting.finding.KINDS`
    place = models.CharField(max_length=300)  # in the document: `commitments.3.title.ja`
    since = models.DateField()  # waits from this day on
    words = models.JSONField(default=dict, blank=True)  # what is said of it, by language

    natural_fields = ("summit__slug", "kind", "place")

    class Meta:
        verbose_name = _("work that waits")
        verbose_name_plural = _("work that waits")
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["summit", "kind", "place"], name="work_once")
        ]
        indexes = [models.Index(fields=["kind", "since", "id"], name="work_waiting")]

    def __str__(self):
        return f"{self.summit.slug} {self.kind}: {self.place}"


class Upkeep(Row):
    """What is kept of a working copy's texts, to tell which translation is older than its English.

    `texts` holds for each text, by its place, digests of the English, the Korean and the Japanese
    as they stood when last looked at; `bases` the digest of the English that a translation was
    made from, where the English has changed since.
    """

    summit = models.OneToOneField(Summit, models.CASCADE, related_name="upkeep")
    texts = models.JSONField(default=dict, blank=True)
    bases = models.JSONField(default=dict, blank=True)

    natural_fields = ("summit__slug",)

    class Meta:
        verbose_name = _("upkeep")
        verbose_name_plural = _("upkeep")

    def __str__(self):
        return self.summit.slug


class Spelling(Row):
    """A name of the vocabulary as it is spelt, folded: two with one spelling may be one."""

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=80)
    folded = models.CharField(max_length=400)

    natural_fields = ("kind", "slug", "folded")

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug", "folded"], name="spelling_once")
        ]
        indexes = [models.Index(fields=["kind", "folded", "slug"], name="spelling_met")]

    def __str__(self):
        return f"{self.kind} {self.slug}: {self.folded}"
