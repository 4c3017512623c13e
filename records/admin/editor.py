"""Who may edit: for superusers only, since whoever changes accounts can make himself anything."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy

from records.models import Editor
from records.roles import RIGHTS, ROLES


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


ACTIONS = {
    "view": gettext_lazy("look at"),
    "add": gettext_lazy("add"),
    "change": gettext_lazy("change and rename"),
    "translate": gettext_lazy("change texts in one language"),
    "correct": gettext_lazy("change what readers see at once"),
    "delete": gettext_lazy("delete"),
    "remark": gettext_lazy("remark on"),
    "submit": gettext_lazy("submit for review"),
    "review": gettext_lazy("approve and send back"),
    "publish": gettext_lazy("publish"),
    "withdraw": gettext_lazy("withdraw"),
    "load": gettext_lazy("load from files"),
    "merge": gettext_lazy("merge two that are one"),
}
KIND_NAMES = {
    "summit": gettext_lazy("summits"),
    "part": gettext_lazy("what belongs to a summit"),
    "name": gettext_lazy("names shared by all summits"),
    "relation": gettext_lazy("relations"),
    "edition": gettext_lazy("editions"),
}


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
        lines = [
            (KIND_NAMES[kind], ", ".join(str(ACTIONS[name]) for name in allowed))
            for kind, actions in RIGHTS.items()
            if (allowed := [name for name, roles in actions.items() if group.name in roles])
        ]
        return format_html_join("", "<div>{}: {}</div>", lines)


# Django has registered its own, which asks for a permission that a group can give.
admin.site.unregister(Group)
admin.site.register(Group, GroupsAdmin)
