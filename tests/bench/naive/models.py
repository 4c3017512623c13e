"""Ordinary models for the twin."""

from collections import Counter
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse

from records import choices


class Named(models.Model):
    slug = models.SlugField(unique=True)
    name_en = models.CharField(max_length=200)
    name_ko = models.CharField(max_length=200, blank=True)
    name_ja = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["slug"]

    def __str__(self):
        return self.name_en

    def get_absolute_url(self):
        return reverse(f"naive:{self._meta.model_name}", args=[self.slug])


class Party(Named):
    pass


class Topic(Named):
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    @property
    def main(self):
        return self.parent or self


class Series(Named):
    pass


class Person(Named):
    pass


class Titled(models.Model):
    title_en = models.CharField(max_length=300)
    title_ko = models.CharField(max_length=300, blank=True)
    title_ja = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title_en


class Summit(Titled):
    slug = models.SlugField(unique=True, max_length=80)
    starts = models.CharField(max_length=40)
    day = models.DateField(db_index=True)
    timezone = models.CharField(max_length=40)
    form = models.CharField(max_length=20, db_index=True, choices=choices.SummitForm.choices)
    setting = models.CharField(max_length=20, db_index=True, choices=choices.Setting.choices)
    outcome = models.CharField(max_length=30, choices=choices.Outcome.choices)
    city = models.CharField(max_length=80)
    country = models.ForeignKey(Party, models.PROTECT, related_name="hosted")
    latitude = models.FloatField()
    longitude = models.FloatField()
    series = models.ForeignKey(Series, models.PROTECT)
    summary_en = models.TextField()
    summary_ko = models.TextField()
    summary_ja = models.TextField()
    checked_on = models.DateField()
    parties = models.ManyToManyField(Party, through="Delegation", related_name="summits")
    topics = models.ManyToManyField(Topic)
    # With those of its commitments, and the main topics of all: what it is found by.
    about = models.ManyToManyField(Topic, related_name="summits_about")

    class Meta:
        ordering = ["-day", "id"]

    def get_absolute_url(self):
        return reverse("naive:summit", args=[self.slug])

    @property
    def clock(self):
        noon = datetime.combine(self.day, time(12), ZoneInfo(self.timezone))
        minutes = int(noon.utcoffset().total_seconds()) // 60
        hours, rest = divmod(abs(minutes), 60)
        offset = f"{'+' if minutes > 0 else '−'}{hours}" if minutes else ""
        name = noon.tzname() if noon.tzname().isalpha() else self.timezone
        return f"{name}, UTC{offset}" + (f":{rest:02}" if rest else "")

    def statuses(self):
        """Pairs of a status and how many commitments have it."""
        counts = Counter(one.status for one in self.commitments.all())
        found = choices.CommitmentStatus
        return [(status, counts[status]) for status in found if counts[status]]


class Source(models.Model):
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="sources")
    key = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    publisher = models.CharField(max_length=200)
    issued_by = models.ForeignKey(Party, models.PROTECT, related_name="issued")
    kind = models.CharField(max_length=20, choices=choices.SourceKind.choices)
    published_on = models.DateField()
    url = models.URLField()
    read = models.CharField(max_length=20, choices=choices.ReadExtent.choices)

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{self.summit.get_absolute_url()}#src-{self.key}"


class FactSource(models.Model):
    """A source of one fact of a summit, or of "all"."""

    summit = models.ForeignKey(Summit, models.CASCADE, related_name="fact_sources")
    fact = models.CharField(max_length=20)
    source = models.ForeignKey(Source, models.CASCADE, related_name="facts")

    class Meta:
        ordering = ["source__key"]

    def __str__(self):
        return f"{self.fact} {self.source}"


class Delegation(models.Model):
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="delegations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="delegations")
    role = models.CharField(max_length=20, choices=choices.DelegationRole.choices)
    cites = models.ManyToManyField(Source)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.summit} {self.party}"


class Attendance(models.Model):
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    party = models.ForeignKey(Party, models.PROTECT)
    office = models.CharField(max_length=200)
    capacity = models.CharField(max_length=30, choices=choices.Capacity.choices)
    principal = models.BooleanField()
    cites = models.ManyToManyField(Source)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.person} {self.party}"

    @property
    def native_language(self):
        return {"jpn": "ja", "kor": "ko"}.get(self.party.slug, "")

    @property
    def native_name(self):
        return {"ja": self.person.name_ja, "ko": self.person.name_ko}.get(self.native_language, "")


class Session(Titled):
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="sessions")
    key = models.SlugField()
    kind = models.CharField(max_length=30, choices=choices.SessionKind.choices)
    date = models.CharField(max_length=40)
    time = models.CharField(max_length=20)
    venue = models.CharField(max_length=200)
    cites = models.ManyToManyField(Source)

    class Meta:
        ordering = ["id"]

    def get_absolute_url(self):
        return reverse("naive:session", args=[self.summit.slug, self.key])

    @property
    def starts_at(self):
        zone = ZoneInfo(self.summit.timezone)
        return datetime.fromisoformat(f"{self.date}T{self.time}").replace(tzinfo=zone)


class Commitment(Titled):
    slug = models.SlugField(unique=True, max_length=100)
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="commitments")
    session = models.ForeignKey(Session, models.PROTECT, related_name="commitments")
    number = models.PositiveIntegerField()
    day = models.DateField(db_index=True)
    gist_en = models.TextField()
    gist_ko = models.TextField()
    gist_ja = models.TextField()
    kind = models.CharField(max_length=20, db_index=True, choices=choices.CommitmentKind.choices)
    status = models.CharField(
        max_length=20, db_index=True, choices=choices.CommitmentStatus.choices
    )
    said = models.CharField(max_length=10, db_index=True)
    due = models.DateField(null=True, db_index=True)
    due_words = models.CharField(max_length=40, blank=True)
    followed_on = models.DateField(null=True)
    parties = models.ManyToManyField(Party, related_name="commitments")
    topics = models.ManyToManyField(Topic, related_name="commitments")
    cites = models.ManyToManyField(Source)

    class Meta:
        ordering = ["-day", "id"]

    def get_absolute_url(self):
        return reverse("naive:commitment", args=[self.slug])

    @property
    def is_overdue(self):
        open_still = self.status in choices.OPEN_STATUSES
        return bool(self.due and self.due < date.today() and open_still)

    @property
    def since(self):
        steps = [step for step in self.progress.all() if step.status == self.status]
        return steps[0].date if steps else None


class Wording(models.Model):
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="wordings")
    party = models.ForeignKey(Party, models.PROTECT)
    verb = models.CharField(max_length=20, choices=choices.WordingVerb.choices)
    gist_en = models.TextField()
    exact = models.TextField()
    exact_language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    cites = models.ManyToManyField(Source)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.gist_en


class Progress(models.Model):
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="progress")
    key = models.CharField(max_length=40)
    date = models.DateField()
    kind = models.CharField(max_length=20, choices=choices.ProgressKind.choices)
    status = models.CharField(max_length=20, choices=choices.CommitmentStatus.choices)
    text_en = models.TextField()
    cites = models.ManyToManyField(Source)

    class Meta:
        ordering = ["date"]

    def __str__(self):
        return self.text_en


class Edition(models.Model):
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    note = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return str(self.number)

    def get_absolute_url(self):
        return reverse("naive:edition", args=[self.summit.slug, self.number])
