"""What answers while the database takes no request: asks it nothing, keeps what was typed."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .addresses import errors_as_data, wants_data

SECONDS = 10  # until one may try again: twice what a save waits for another
AGAIN = "<!-- again -->"


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 as page or data; to what was sent by a form the page adds the form, to be sent again."""
    if wants_data(request):
        response: HttpResponse = errors_as_data(
            request, 503, "The record cannot answer just now; try again in a few seconds."
        )
    else:
        page = page_of_trouble().replace(AGAIN, sent_again(request))
        response = HttpResponse(page, status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(SECONDS)
    return response


def sent_again(request: HttpRequest) -> SafeString:
    """A form that holds what was sent; nothing if that was no form, or held a password."""
    if request.method != "POST" or any("password" in name for name in request.POST):
        return mark_safe("")
    fields = format_html_join(
        "\n",
        '<input type="hidden" name="{}" value="{}">',
        ((name, value) for name, values in request.POST.lists() for value in values),
    )
    return format_html(
        '<form class="stack" method="post" action="{}">\n{}\n'
        "<p>Nothing was saved. What you entered is kept in this page.</p>\n"
        '<p lang="ko">저장되지 않았습니다. 입력하신 내용은 이 페이지에 남아 있습니다.</p>\n'
        '<p lang="ja">保存されていません。入力した内容はこのページに残っています。</p>\n'
        '<p><button class="btn" type="submit">Send it again · <span lang="ko">다시 보내기</span> ·'
        ' <span lang="ja">もう一度送る</span></button></p>\n</form>\n',
        request.get_full_path(),
        fields,
    )


@cache
def page_of_trouble() -> str:
    return (settings.BASE_DIR / "templates" / "site" / "503.html").read_text(encoding="utf-8")
