"""Editors' accounts: their passwords, and what a cache may keep of an editor's pages."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from records.models import Editor
from tests import factories


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "eleven char",
        "password1234",
        "123456789012",
        "qwertyuiop12",
        "yuki.tanaka.yuki",
    ],
)
def test_passwords_are_long_and_not_common(password):
    editor = Editor(username="yuki.tanaka", email="yuki@example.org")
    with pytest.raises(ValidationError):
        validate_password(password, editor)


@pytest.mark.parametrize(
    "password",
    [
        "a phrase of six plain words",
        "비밀번호는 길어야 합니다",
        "a" * 40 + "b" * 60,
        "        x       y",
    ],
)
def test_phrases_of_any_signs_are_taken(password):
    validate_password(password, Editor(username="yuki.tanaka"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/login/", "/admin/records/summit/", "/admin/x"]
)
def test_no_cache_keeps_an_editors_page(address):
    factories.published()
    browser = Client()
    for _ in range(2):
        assert browser.get(address)["Cache-Control"] == "private, no-store"
        browser.force_login(factories.EditorFactory())
