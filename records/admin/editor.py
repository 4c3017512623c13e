"""Who may edit: for superusers only, since whoever changes accounts can make himself anything."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy

from records.models import Editor
from records.roles import ROLES

from .audited import Audited
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


@admin.register(Editor)
class EditorAdmin(SuperusersOnly, UserAdmin):
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
