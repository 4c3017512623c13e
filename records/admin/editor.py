"""Who may edit: for superusers only, since whoever changes accounts can make himself anything."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group

from records.models import Editor


class SuperusersOnly(admin.ModelAdmin):
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
    actions = None


# Django has registered its own, which asks for a permission that a group can give.
admin.site.unregister(Group)
admin.site.register(Group, GroupsAdmin)
