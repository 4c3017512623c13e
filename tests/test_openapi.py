"""The description for programs: it names every data address, and every answer is as it says."""

import re

import jsonschema
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from schemathesis import checks

from records import urls
from records.document import schema
from records.exports.items import ITEMS, item
from records.exports.shapes import component
from records.models import Party
from records.views.files import KINDS
from tests import every_field, factories
from tests.factories import commitment, document, progress, published, source, text

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
SUMMIT = "2026-01-13-nara"
FILLED = {
    "language": "ko",
    "slug": SUMMIT,
    "number": "1",
    "key": "talks",
    "identifier": "2026-nara-1",
}
# What stands where a slug is no summit's.
SLUGS = {"participants": "lee-jae-myung", "parties": "jpn", "topics": "trade", "series": "shuttle",
         "relations": "jpn-kor"}  # fmt: skip
# Of each operation, with values that fit the description and with values that do not.
EXAMPLES = 5


@pytest.fixture
def api(client):
    response = client.get("/openapi.json")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    return response.json()


def filled(path):
    slug = SLUGS.get(path.removeprefix("/{language}").split("/")[1], SUMMIT)
    return re.sub(r"\{(\w+)\}", lambda one: {**FILLED, "slug": slug}[one[1]], path)


def validator(api, content):
    registry = Registry().with_resource("api:", Resource(api, DRAFT202012))
    whole = {"$ref": f"api:{content['schema']['$ref']}"} if content["schema"] else {}
    return jsonschema.Draft202012Validator(whole, registry=registry)


def names_of_files():
    """Every address of the site that ends like a file of data."""
    known = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    return {name for name in known if name.rpartition("-")[2] in KINDS and "-" in name}


# what it names ------------------------------------------------------------------------------------


def test_it_describes_every_address_of_data_and_no_other(api):
    described = {get["operationId"].replace("-list-", "-") for path in api["paths"].values()
                 for get in path.values()}  # fmt: skip
    assert described == names_of_files()


def test_every_address_answers_in_the_type_it_says(client, api):
    factories.published()
    for path, operations in api["paths"].items():
        [(kind, content)] = operations["get"]["responses"]["200"]["content"].items()
        response = client.get(filled(path))
        assert response.status_code == 200, filled(path)
        assert response["Content-Type"].partition(";")[0] == kind
        if kind == "application/json":
            faults = list(validator(api, content).iter_errors(response.json()))
            assert [(filled(path), fault.message) for fault in faults] == []


def test_a_record_with_everything_is_as_described(client, api):
    from records import publishing

    made = every_field.summit("zq", slug="2026-01-14-zq", code="2026-zq")
    summit = publishing.load(made.document, made.vocabulary).summit
    publishing.publish(summit, note={"en": "Opened."})
    key = made.document["sessions"][0]["key"]
    for name, address in {
        "Summit": "/summits/2026-01-14-zq.json",
        "Session": f"/summits/2026-01-14-zq/sessions/{key}.json",
        "Commitment": "/commitments/2026-zq-1.json",
    }.items():
        content = {"schema": {"$ref": f"#/components/schemas/{name}"}}
        found = client.get(address).json()
        assert [one.message for one in validator(api, content).iter_errors(found)] == []
        broken = {**found, "record": {**found["record"], "nobody": 1}}
        assert len(list(validator(api, content).iter_errors(broken))) == 1


def test_items_of_every_list_are_as_described_and_nothing_is_left_out(client, api):
    from records import publishing

    made = every_field.summit("zq", slug="2026-01-14-zq", code="2026-zq")
    summit = publishing.load(made.document, made.vocabulary).summit
    publishing.publish(summit, note={"en": "Opened."})
    moved = published(commitments=[commitment(), commitment(2)])
    publishing.load(
        document(
            venue=text("Hotel"),
            commitments=[
                commitment(progress=[progress()], due="2026-12"),
                commitment(2, withdrawn={"on": "2026-02-01", "reason": text("It was none")}),
                commitment(3),
            ],
            sources=[source(), source("s02")],
        ),
        mode="replace",
    )
    publishing.publish(moved, note={"en": "More."}, kind="correction")
    name = Party.objects.get(slug="jpn")
    name.name_en = "Japan, State of"
    name.save()
    publishing.vocabulary_saved([("party", "jpn")])

    for name in [*ITEMS.keys() - {"search"}]:
        content = {"schema": {"$ref": f"#/components/schemas/{component(f'{name}-list')}"}}
        found = client.get(f"/{name}.json").json()
        faults = [one.message for one in validator(api, content).iter_errors(found)]
        assert (name, faults) == (name, [])
        told = {fact for row in found["items"] for fact in row}
        described = item(name)
        assert set(described["required"]) <= told
        assert told <= set(described["properties"])
        broken = {**found, "items": [{**found["items"][0], "title": 1}]}
        assert (name, len(list(validator(api, content).iter_errors(broken)))) == (name, 1)


def test_hits_of_a_search_are_as_described(client, api):
    published()
    content = {"schema": {"$ref": "#/components/schemas/SearchList"}}
    found = client.get("/search.json?q=nara").json()
    assert [one.message for one in validator(api, content).iter_errors(found)] == []
    assert {fact for group in found["groups"] for hit in group["items"] for fact in hit} == set(
        item("search")["properties"]
    )


def test_errors_have_the_shape_it_says(client, api):
    factories.published()
    content = {"schema": {"$ref": "#/components/schemas/Errors"}}
    for address in ("/summits.json?party=zzz", "/summits.csv?bom=9", "/ko/summits.ics?x=1",
                    "/summits/never.json", "/en/commitments/never-1.ris"):  # fmt: skip
        found = client.get(address)
        assert found.status_code in (400, 404)
        assert [one.message for one in validator(api, content).iter_errors(found.json())] == []


def test_the_parameters_are_those_of_the_lists(api):
    for name, view in urls.LISTS.items():
        told = [one["name"] for one in api["paths"][f"/{name}.json"]["get"]["parameters"]]
        assert told == list(view.filterset.base_filters)
    table = [one["name"] for one in api["paths"]["/commitments.csv"]["get"]["parameters"]]
    assert "page" not in table
    assert table[-2:] == ["bom", "download"]


def test_every_reference_leads_somewhere(api):
    text = str(api)
    wanted = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert wanted <= set(api["components"]["schemas"])
    assert "$defs" not in text


# the schema of a document -------------------------------------------------------------------------


def test_the_schema_stands_at_its_own_address(client):
    response = client.get("/schema/summit.json")
    assert response["Content-Type"] == "application/schema+json"
    found = response.json()
    assert found == schema.json_schema()
    assert found["$id"] == f"{SITE}/schema/summit.json"
    jsonschema.Draft202012Validator.check_schema(found)


@pytest.mark.parametrize("address", ["/openapi.json", "/schema/summit.json", "/sitemap.xml"])
def test_head_and_what_is_unchanged_send_nothing(client, address):
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.getvalue()) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)
    again = client.get(address, headers={"If-None-Match": whole["ETag"]})
    assert (again.status_code, again.getvalue()) == (304, b"")


# made-up requests ---------------------------------------------------------------------------------


@pytest.fixture
def application():
    """The site as a server runs it, on the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
def test_requests_made_from_the_description_find_nothing(application):
    factories.published()
    described = schemathesis.openapi.from_wsgi("/openapi.json", application)
    seen = 0
    for result in described.get_all_operations():
        operation = result.ok()

        @settings(max_examples=EXAMPLES, deadline=None, database=None,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def requested(case):
            # Which slugs and days there are no description says: a bad one is a 400 as described.
            case.call_and_validate(
                headers={"Accept-Encoding": "identity"},
                excluded_checks=[checks.positive_data_acceptance, checks.negative_data_rejection],
            )

        requested()
        seen += 1
    assert seen > 20
