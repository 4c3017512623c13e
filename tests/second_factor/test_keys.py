"""What a browser sends for a key may be anything."""

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.second_factor.doors import STEP, editor, password, signed_in

pytestmark = pytest.mark.django_db
many = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
names = st.sampled_from(["id", "rawId", "response", "type", "clientDataJSON", "authenticatorData"])
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
plain = st.one_of(st.none(), st.booleans(), st.integers(), words, st.sampled_from(["", "AAAA"]))
answers = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(names, words), inner, max_size=6)
    ),
    max_leaves=12,
)
AS_A_KEY = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "response": {"clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA",
                 "userHandle": "AAAA", "attestationObject": "AAAA"},
}  # fmt: skip


@pytest.fixture
def doors(db):
    """Browsers before each form that takes a key, with the form's address and its other field."""
    editor()
    outside, half, inside = Client(), Client(), Client()
    password(half)
    signed_in(inside)
    return (
        (outside, f"{STEP}webauthn/login/", {}),
        (half, f"{STEP}authenticate/", {}),
        (inside, f"{STEP}webauthn/reauthenticate/", {}),
        (inside, f"{STEP}webauthn/add/", {"name": "Laptop"}),
    )


@many
@given(answers)
@example({"id": "x"})
@example(AS_A_KEY)
@example({**AS_A_KEY, "response": {}})
def test_any_answer_of_a_key_is_wrong_and_no_failure(doors, answer):
    for client, address, more in doors:
        if address.endswith("login/"):  # whose challenge is asked for before
            client.get(address, headers={"accept": "application/json"})
        for sent in (json.dumps(answer), str(answer)):
            response = client.post(address, {"credential": sent, **more})
            assert response.status_code in (200, 302, 429), address
            assert response.headers.get("Location", "") != "/admin/", address
    outside, half, _inside = (client for client, *_rest in doors[:3])
    assert "_auth_user_id" not in outside.session
    assert "_auth_user_id" not in half.session
