"""What stands at fixed places for programs and people: security.txt, documents, the parts."""

import json
import re
import runpy
from datetime import timedelta

import pytest
import yaml
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from summit.throttle import HERE, PLACE

TOP = settings.BASE_DIR
ADDRESS = "/.well-known/security.txt"
CONTACT = {"CONTACT_EMAIL": "editors@record.example", "SITE_URL": "https://record.example"}


def fields(text):
    return [tuple(line.split(": ", 1)) for line in text.splitlines()]


@pytest.mark.django_db
@override_settings(**CONTACT)
def test_whom_to_tell_of_a_weakness(client):
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    expires = timezone.localdate() + timedelta(days=180)
    assert fields(response.content.decode()) == [
        ("Contact", "mailto:editors@record.example"),
        ("Expires", f"{expires.isoformat()}T00:00:00Z"),
        ("Preferred-Languages", "en, ko, ja"),
        ("Canonical", f"https://record.example{ADDRESS}"),
        ("Policy", "https://record.example/en/about/promises#weakness"),
    ]


@pytest.mark.django_db
@override_settings(**CONTACT)
def test_the_policy_it_names_is_there(client):
    policy = dict(fields(client.get(ADDRESS).content.decode()))["Policy"]
    address, _mark, fragment = policy.removeprefix("https://record.example").partition("#")
    page = client.get(address).content.decode()
    assert f'id="{fragment}"' in page
    assert 'href="mailto:editors@record.example' in page


@pytest.mark.django_db
@override_settings(CONTACT_EMAIL="")
def test_a_site_without_an_address_names_nobody(client):
    assert client.get(ADDRESS).status_code == 404


def test_security_md_says_where_to_write_and_how_long_it_takes():
    text = (TOP / "SECURITY.md").read_text()
    for words in (ADDRESS, "/en/about/promises", "90 days", "Which versions are mended"):
        assert words in text, words


@pytest.mark.parametrize("name", ["SECURITY.md", "CONTRIBUTING.md", "summit/deploy/CHECKS.md"])
def test_links_of_the_documents_lead_somewhere(name):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (TOP / name).read_text())
    assert [link for link in links if not ((TOP / name).parent / link).exists()] == []


def test_the_citation_is_of_this_release():
    said = yaml.safe_load((TOP / "CITATION.cff").read_text())
    project = (TOP / "pyproject.toml").read_text()
    assert said["version"] == re.search(r'^version = "(.+)"', project, re.MULTILINE)[1]
    assert {"cff-version", "message", "title", "authors", "license", "type"} <= set(said)


# parts --------------------------------------------------------------------------------------------


def test_the_list_of_parts_is_that_of_the_pins():
    pins = re.findall(r"^([\w.-]+)==(\S+)", (TOP / "requirements.txt").read_text(), re.MULTILINE)
    listed = json.loads((TOP / "summit" / "deploy" / "sbom.cdx.json").read_text())
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.5")
    found = [(part["name"], part["version"]) for part in listed["components"]]
    assert found == pins
    assert listed["metadata"]["component"]["name"] == "summit-record"
    refs = [part["bom-ref"] for part in listed["components"]]
    assert listed["dependencies"] == [{"ref": "summit-record", "dependsOn": refs}]
    assert len(set(refs)) == len(refs) == len(pins)


def test_the_list_of_parts_is_made_again_from_the_pins():
    made = runpy.run_path(str(TOP / ".ci" / "sbom"))
    again = made["bom"](
        (TOP / "requirements.txt").read_text(), (TOP / "pyproject.toml").read_text()
    )
    assert again == json.loads((TOP / "summit" / "deploy" / "sbom.cdx.json").read_text())


# promises -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_figures_promised_are_the_figures_of_the_code(client):
    page = client.get("/en/about/promises").content.decode()
    assert "After five wrong passwords for an account from one place, or twenty" in page
    assert (HERE.attempts, PLACE.attempts, HERE.seconds) == (5, 20, 15 * 60)
    assert "the headers get 130 points" in page  # tests/test_observatory.py counts them
