"""A letter to those whose turn it is, where the site can send letters."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from records.models import Review
from records.models.review import Step
from records.roles import RIGHTS

# Whose turn it is after a step: the roles of an action, or who submitted the working copy.
TURN = {
    Step.SUBMITTED: ("review",),
    Step.RETURNED: ("submitter",),
    Step.APPROVED: ("publish", "submitter"),
    Step.SCHEDULED: ("submitter",),
    Step.LAPSED: ("publish", "submitter"),
}


def step_taken(review: Review) -> None:
    """Tell those whose turn it is, once the step is kept; without mail, nobody."""
    if settings.EMAIL_URL and (letter := letter_on(review)):
        # A mail server that does not answer takes nothing back: the queue shows the step as well.
        transaction.on_commit(partial(letter.send, fail_silently=True))


def letter_on(review: Review) -> EmailMessage | None:
    """The letter on a step, in the languages of the record; None if it is nobody's turn."""
    to = addresses(review)
    if not to:
        return None
    where = reverse("admin:records_summit_review", args=[review.summit_id])
    lines = [review.summit.slug, f"{settings.SITE_URL}{where}", ""]
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            lines.append(
                _("%(step)s, by %(name)s.") % {"step": Step(review.step).label, "name": review.by}
            )
    subject = f"{review.summit.slug}: {Step(review.step).label}"
    body = "\n".join([*lines, "", review.comment]).rstrip() + "\n"
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, bcc=to)


def addresses(review: Review) -> list[str]:
    """Where those whose turn it is read mail; who took the step knows of it."""
    turn = TURN.get(Step(review.step), ())
    roles = [role for action in turn for role in RIGHTS["summit"].get(action, ())]
    asked = models.Q(groups__name__in=roles)
    if "submitter" in turn:
        before = review.summit.reviews.filter(step=Step.SUBMITTED, number__lt=review.number)
        submitted = before.order_by("-number").values_list("account", flat=True).first()
        asked |= models.Q(username=submitted or "")
    editors = get_user_model().objects.filter(asked, is_active=True, is_staff=True)
    if review.step != Step.LAPSED:
        editors = editors.exclude(username=review.account)
    found = editors.exclude(email="").order_by("username").values_list("email", flat=True)
    return list(dict.fromkeys(found))
