"""Summit and vocabulary files in the admin: brought, looked at, loaded; and the way out again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from records.document.problems import shortened
from records.document.read import read, vocabulary_for, whole_vocabulary
from records.models import Summit
from records.roles import permission
from records.summitfile import LARGEST, File, FileError, dump, dump_vocabulary, parsed

from .loading import MERGE, NEW, REPLACE, attempt
from .opened import GuardedAdmin, sealed, unsealed
from .publishing import person_of
from .record import form_of

ENDINGS = (".yaml", ".yml")
MOST_FILES = 50
# Of all files together: twice the first nine summits, some ten seconds of work; sealed they stay
# below the 2.5 MB that Django takes as a form.
MOST_BYTES = LARGEST
MOST_FAULTS = 200  # of one file that are shown


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files with endings of summit files, together no larger than one may be."""

    def __init__(self, **options: Any):
        super().__init__(
            widget=FilesInput(attrs={"accept": ",".join(ENDINGS), "multiple": True}), **options
        )

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(each, initial) for each in given]
        if len(files) > MOST_FILES or sum(file.size for file in files) > MOST_BYTES:
            raise ValidationError(
                _("At most %(files)s files and %(size)s MB at once.")
                % {"files": MOST_FILES, "size": MOST_BYTES // 1_000_000}
            )
        wrong = [
            _("%(name)s: a summit file’s name ends in .yaml.") % {"name": file.name}
            for file in files
            if not file.name.endswith(ENDINGS)
        ]
        names = [file.name for file in files]
        wrong += [
            _("Two files are called %(name)s.") % {"name": name}
            for name in dict.fromkeys(names)
            if names.count(name) > 1
        ]
        if wrong:
            raise ValidationError(wrong)
        return files


class UploadForm(forms.Form):
    files = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Summit files and vocabulary files (.yaml), several at once."),
    )


class LoadForm(forms.Form):
    """What becomes of what the record has already."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Where the record has the summit already"),
        choices=[
            (MERGE, gettext_lazy("Keep unpublished changes beside those of the file")),
            (REPLACE, gettext_lazy("Take the file; unpublished changes are lost")),
            (NEW, gettext_lazy("Leave it alone; load new summits only")),
        ],
        widget=forms.RadioSelect,
    )
    update = forms.BooleanField(
        label=gettext_lazy("Take the files’ form of names that the record knows"), required=False
    )


class Located:
    """A fault of a file with the line it stands in."""

    def __init__(self, error: FileError, lines: list[str]):
        self.error = error
        there = lines[error.line - 1 : error.line]
        self.text = shortened(there[0].strip(), 160) if there else ""


class Filing(admin.AdminSite):
    """The site's pages of files."""

    def get_urls(self):
        wrap = self.admin_view
        return [
            path("upload/", wrap(self.upload_view), name="upload"),
            path("names.yaml", wrap(self.names_view), name="names-file"),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        may = request.user.has_perm(permission("load", "summit"))
        return super().index(request, {**(extra_context or {}), "may_upload": may})

    def upload_view(self, request):
        """Take files, show what is wrong or would change; nothing is kept until that is sent."""
        if not request.user.has_perm(permission("load", "summit")):
            raise PermissionDenied
        where = f"upload:{request.user.pk}"
        upload, texts = UploadForm(), []
        if request.method == "POST":
            if "brought" in request.POST:
                brought = unsealed(request.POST["brought"], where)
                if brought is None:
                    messages.error(request, _("Not loaded: choose the files once more."))
                    return HttpResponseRedirect(request.path)
                texts = [(name, text.encode()) for name, text in brought["files"]]
            else:
                upload = UploadForm(request.POST, request.FILES)
                if upload.is_valid():
                    texts = [(file.name, file.read()) for file in upload.cleaned_data["files"]]
        context = self.upload_context(request, upload)
        if not texts:
            return TemplateResponse(request, "admin/records/upload.html", context)
        files = [parsed(text, name) for name, text in texts]
        load = LoadForm(request.POST if "mode" in request.POST else {"mode": MERGE})
        if not load.is_valid():
            load = LoadForm({"mode": MERGE})
            load.is_valid()
        wanted = load.cleaned_data
        found = attempt(
            files,
            person_of(request),
            mode=wanted["mode"],
            update=wanted["update"],
            seen=request.POST.get("seen", "") if "_load" in request.POST else "",
        )
        if found.is_loaded:
            return self.loaded(request, found)
        if "_load" in request.POST and not found.faults:
            messages.warning(
                request,
                _(
                    "Not loaded yet: the record or your choice changed after this was shown. Look"
                    " at it once more."
                ),
            )
        is_whole = not any(file.errors for file in files)
        token = sealed({"files": [[n, t.decode()] for n, t in texts]}, where) if is_whole else ""
        context |= {
            "load": load,
            "found": found,
            "brought": token,
            "files": [
                told(file, text, found) for file, (_name, text) in zip(files, texts, strict=True)
            ],
            "title": _("Files: what is wrong") if found.faults else _("Files: what would change"),
        }
        return TemplateResponse(
            request, "admin/records/upload.html", context, status=422 if found.faults else 200
        )

    def upload_context(self, request, upload):
        return {
            **self.each_context(request),
            "title": _("Load files"),
            "opts": Summit._meta,
            "upload": upload,
            "media": self.get_model_admin(Summit).media,
        }

    def loaded(self, request, found):
        """Say what was loaded, in the history of each summit too, and lead to where it stands."""
        changed = [line for line in found.lines if line.kind in ("new", "changed")]
        for line in changed:
            said = _("Loaded from the file %(name)s.") % {"name": line.file.name}
            self.get_model_admin(Summit).log_change(request, line.summit, said)
        count = len(changed)
        said = ngettext("%(count)s summit loaded.", "%(count)s summits loaded.", count)
        messages.success(request, said % {"count": count})
        if names := len(found.added) + len(found.updated):
            said = ngettext("%(count)s name loaded.", "%(count)s names loaded.", names)
            messages.success(request, said % {"count": names})
        if count == 1:
            return HttpResponseRedirect(form_of(changed[0].summit))
        return HttpResponseRedirect(reverse("admin:records_summit_changelist"))

    def names_view(self, request):
        """Every name the record knows, as a vocabulary file."""
        if not request.user.has_perm(permission("view", "participant")):
            raise PermissionDenied
        return yaml("vocabulary.yaml", dump_vocabulary(whole_vocabulary()))


class Downloading(GuardedAdmin):
    """A summit's working copy as a summit file."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.file_view)
        own = path("<path:object_id>/file/", view, name="records_summit_file")
        return [own, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["file_address"] = reverse("admin:records_summit_file", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def file_view(self, request, object_id):
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.row(object_id)
        if row is None:
            raise Http404
        document = read(row)
        return yaml(f"{row.slug}.yaml", dump(document, vocabulary_for(document)))


def told(file: File, text: bytes, found) -> dict[str, Any]:
    """A file's name with its faults and warnings, each at its line."""
    lines = text.decode(errors="replace").splitlines()
    faults = [error for error in found.faults if error.name == file.name]
    return {
        "name": file.name,
        "faults": [Located(error, lines) for error in faults[:MOST_FAULTS]],
        "more": max(0, len(faults) - MOST_FAULTS),
        "warnings": [
            Located(error, lines) for error in [*file.hindrances, *file.warnings][:MOST_FAULTS]
        ],
    }


def yaml(name: str, text: str) -> HttpResponse:
    return HttpResponse(
        text.encode(),
        headers={
            "Content-Type": "application/yaml",
            "Content-Disposition": format_html('attachment; filename="{}"', name),
        },
    )
