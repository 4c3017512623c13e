"""Who may edit: for superusers only, since whoever changes accounts can make himself anything."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.models import Editor
from records.roles import ROLES

from .audited import Audited
from .opened import sealed, unsealed
from .rights import rights_in_words


class SuperusersOnly(Audited):
    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


class Seal(forms.CharField):
    """What the form was opened on, sealed anew each second: nothing that anybody changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class AccountForm(UserChangeForm):
    """An account, as long as nobody else changed it since the form was opened: else one who was
    shut out would be let in again by whoever had the form open before."""

    opened_on = Seal(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = sealed(facts_of(self.instance), ":account")

    def clean(self):
        now = Editor.objects.select_for_update().get(pk=self.instance.pk)
        if unsealed(self.cleaned_data.get("opened_on", ""), ":account") != facts_of(now):
            raise ValidationError(
                _("Not saved: the account was changed after this form was opened. Open it again.")
            )
        return super().clean()


def facts_of(account):
    """What an administrator decides of an account."""
    facts = model_to_dict(account, exclude=["last_login", "date_joined"])
    return {
        name: sorted(one.pk for one in value) if isinstance(value, list) else str(value)
        for name, value in facts.items()
    }


@admin.register(Editor)
class EditorAdmin(SuperusersOnly, UserAdmin):
    form = AccountForm
    fieldsets = (
        (None, {"fields": ("username", "password", "opened_on")}),
        *UserAdmin.fieldsets[1:],
    )
    list_display = ("username", "get_full_name", "is_active", "is_staff", "is_superuser")
    actions = None


class GroupsAdmin(SuperusersOnly, GroupAdmin):
    """Groups; one that is a role is looked at only, since its rights stand in the code."""

    actions = None

    @staticmethod
    def is_role(group):
        return group is not None and group.name in ROLES

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not self.is_role(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not self.is_role(obj)

    def get_fields(self, request, obj=None):
        return ("name", "rights") if self.is_role(obj) else super().get_fields(request, obj)

    def get_readonly_fields(self, request, obj=None):
        return ("rights",) if self.is_role(obj) else ()

    @admin.display(description=gettext_lazy("rights"))
    def rights(self, group):
        return format_html_join("", "<div>{}: {}</div>", rights_in_words(group.name))


# Django has registered its own, which asks for a permission that a group can give.
admin.site.unregister(Group)
admin.site.register(Group, GroupsAdmin)
