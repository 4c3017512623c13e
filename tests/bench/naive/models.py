"""Ordinary models for the twin."""

from django.db import models


class Named(models.Model):
    name_en = models.CharField(max_length=200)
    name_ko = models.CharField(max_length=200, blank=True)
    name_ja = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name_en


class Party(Named):
    slug = models.SlugField(unique=True)


class Topic(Named):
    slug = models.SlugField(unique=True)


class Series(Named):
    slug = models.SlugField(unique=True)


class Person(Named):
    slug = models.SlugField(unique=True)


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
    form = models.CharField(max_length=20, db_index=True)
    setting = models.CharField(max_length=20, db_index=True)
    outcome = models.CharField(max_length=30)
    city = models.CharField(max_length=80)
    country = models.ForeignKey(Party, models.PROTECT, related_name="hosted")
    series = models.ForeignKey(Series, models.PROTECT)
    summary_en = models.TextField()
    summary_ko = models.TextField()
    summary_ja = models.TextField()
    parties = models.ManyToManyField(Party, related_name="summits")
    topics = models.ManyToManyField(Topic)

    class Meta:
        ordering = ["-day", "id"]


class Source(models.Model):
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="sources")
    key = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    published_on = models.DateField()
    url = models.URLField()

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return self.title


class Attendance(models.Model):
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    party = models.ForeignKey(Party, models.PROTECT)
    office = models.CharField(max_length=200)
    capacity = models.CharField(max_length=30)
    principal = models.BooleanField()

    def __str__(self):
        return f"{self.person} {self.party}"


class Session(Titled):
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="sessions")
    key = models.SlugField()
    kind = models.CharField(max_length=30)
    date = models.CharField(max_length=40)
    time = models.CharField(max_length=20)
    venue = models.CharField(max_length=200)
    cites = models.ManyToManyField(Source)

    class Meta:
        ordering = ["id"]


class Commitment(Titled):
    slug = models.SlugField(unique=True, max_length=100)
    summit = models.ForeignKey(Summit, models.CASCADE, related_name="commitments")
    number = models.PositiveIntegerField()
    day = models.DateField(db_index=True)
    gist_en = models.TextField()
    gist_ko = models.TextField()
    gist_ja = models.TextField()
    kind = models.CharField(max_length=20, db_index=True)
    status = models.CharField(max_length=20, db_index=True)
    due = models.DateField(null=True, db_index=True)
    parties = models.ManyToManyField(Party, related_name="commitments")
    topics = models.ManyToManyField(Topic, related_name="commitments")
    cites = models.ManyToManyField(Source)

    class Meta:
        ordering = ["-day", "id"]


class Wording(models.Model):
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="wordings")
    party = models.ForeignKey(Party, models.PROTECT)
    verb = models.CharField(max_length=20)
    gist_en = models.TextField()
    exact = models.TextField()
    cites = models.ManyToManyField(Source)

    def __str__(self):
        return self.gist_en


class Progress(models.Model):
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="progress")
    date = models.DateField()
    status = models.CharField(max_length=20)
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

    def __str__(self):
        return str(self.number)
