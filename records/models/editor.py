from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class Editor(AbstractUser):
    """A person who may sign in to the admin; our own user model from the first migration."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("editor")
        verbose_name_plural = _("editors")
