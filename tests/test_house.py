"""How the project lies in its folder: layout, map, pins, catalogues, import contracts."""

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from django.conf import settings

TOP = settings.BASE_DIR
# The top level as the project's users fixed it: these folders, and files and dot-folders beside.
FOLDERS = {"records", "summit", "templates", "tests"}
FILES = {
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "manage.py",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements.txt",
}
# Lines at which a file surely holds two concepts, and those that do, with the most they may reach.
# The list may only grow shorter: split one, and its line here must go.
LONGEST = 400
LONG = {
    "records/document/schema.py": 450,
    "records/document/validate.py": 450,
    "records/static/records/site.css": 600,
    "tests/broken.py": 850,  # a table: one kind of broken file after another
    "tests/test_admin_pages.py": 500,
    "tests/test_dates.py": 550,
    "tests/test_empty.py": 450,
    "tests/test_lists.py": 500,
    "tests/test_loading.py": 450,
    "tests/test_nara.py": 850,  # one assertion after another of one record
    "tests/test_summitfile.py": 450,
}
# Written so that this file does not match itself.
REGISTRIES = re.compile(
    r"--(?:extra-)?index-url|https?://[^ ]*/simple(?:[/\" ]|$)|hosted\.org/packages"
    r"|\"resolved\": *\"https?:|py" + r"pi\.org|registry\.np" + r"mjs",
    re.IGNORECASE,
)
CATALOGUES = sorted((TOP / "records" / "locale").glob("*/LC_MESSAGES/django.po"))
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


@cache
def files():
    """Every file of the project, as paths from its top: tracked ones, and new ones not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=TOP,
        capture_output=True,
        check=True,
    )
    names = {name for name in listed.stdout.decode().split("\0") if name}
    return sorted(Path(name) for name in names if (TOP / name).is_file())


def ending(*suffixes):
    return [path for path in files() if path.suffix in suffixes]


def read(path):
    return (TOP / path).read_text(encoding="utf-8")


# layout -------------------------------------------------------------------------------------------


def test_the_top_level_is_the_one_that_was_fixed():
    folders = {path.parts[0] for path in files() if len(path.parts) > 1}
    assert {name for name in folders if not name.startswith(".")} == FOLDERS
    beside = {path.name for path in files() if len(path.parts) == 1}
    assert {name for name in beside if not name.startswith(".")} == FILES


def test_no_file_holds_more_than_a_concept():
    code = [
        path
        for path in ending(".py", ".css", ".html", ".js")
        if path.parts[:2] != ("records", "migrations")
    ]
    lines = {str(path): len(read(path).splitlines()) for path in code}
    long = {path: count for path, count in lines.items() if count > LONGEST}
    assert sorted(long) == sorted(LONG)
    assert {path: count for path, count in long.items() if count > LONG[path]} == {}


def test_no_module_is_named_after_nothing():
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "services", "mixins", "base"}
    named = [path for path in ending(".py") if empty & {path.stem, *path.parts}]
    assert list(map(str, named)) == ["summit/sqlite/base.py"]  # Django asks for an engine's `base`


def test_the_map_of_the_rooms_names_every_module():
    modules = {
        str(path.relative_to("records"))
        for path in ending(".py")
        if path.parts[0] == "records" and path.parts[1] != "migrations"
    }
    known = re.findall(r"^- `([^`]+\.py)`: \S", read("records/README.md"), re.MULTILINE)
    assert sorted(known) == sorted(path for path in modules if not path.endswith("__init__.py"))


@pytest.mark.parametrize(
    "name", ["README.md", "records/README.md", "CHANGELOG.md", "summit/deploy/README.md"]
)
def test_links_between_documents_lead_somewhere(name):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", read(name))
    assert [link for link in links if not (TOP / Path(name).parent / link).exists()] == []


def test_the_readme_knows_every_variable_of_the_environment():
    source = read("summit/settings.py")
    asked = set(re.findall(r'(?:env|env\.bool|env\.int|required)\(\s*["\']([A-Z_]+)', source))
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", read("README.md"), re.MULTILINE))
    assert told == asked | {"WORKERS"}  # of the Makefile


def test_the_readme_names_every_command():
    commands = Path("records/management/commands")
    names = {path.stem for path in ending(".py") if path.parent == commands} - {"__init__"}
    said = set(re.findall(r"^manage (\w+)", read("README.md"), re.MULTILINE))
    assert said == names | {"dumpdata", "loaddata"}


# dependencies -------------------------------------------------------------------------------------


def test_no_file_names_a_package_registry():
    found = []
    for path in files():
        try:
            text = read(path)
        except UnicodeDecodeError:
            continue
        found += [f"{path}: {line}" for line in text.splitlines() if REGISTRIES.search(line)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "--index" + "-url https://example.org/",
        "--extra-index" + "-url=https://example.org/",
        "https://example.org/sim" + "ple/django/",
        '"resol' + 'ved": "https://example.org/a.tgz"',
        "https://py" + "pi.org/project/Django/",
        "https://files.pythonhosted" + ".org/packages/a.whl",
    ],
)
def test_what_names_a_package_registry_is_found(line):
    assert REGISTRIES.search(line)


def pins(name):
    return re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", read(name), re.MULTILINE)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_has_hashes_and_nothing_is_unpinned(name):
    starts = [line for line in read(name).splitlines() if line and line[0] not in " #"]
    assert len(starts) == len(pins(name))
    assert [line for line in starts if not line.endswith("\\")] == []
    assert read(name).count("--hash=sha256:") >= len(starts)


def test_the_tests_run_on_the_pins_that_the_site_runs_on():
    dev = dict(pins("requirements-dev.txt"))
    assert {name: dev.get(name) for name, _ in pins("requirements.txt")} == dict(
        pins("requirements.txt")
    )


def test_every_dependency_is_pinned():
    project = tomllib.loads(read("pyproject.toml"))["project"]

    def named(requirements):
        return {re.match(r"[A-Za-z0-9_-]+", found)[0].lower() for found in requirements}

    dev = named(project["optional-dependencies"]["dev"])
    assert named(project["dependencies"]) <= {name.lower() for name, _ in pins("requirements.txt")}
    assert dev <= {name.lower() for name, _ in pins("requirements-dev.txt")}


# imports ------------------------------------------------------------------------------------------


def contracts():
    found = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    return {contract["type"]: contract for contract in found}


def test_imports_point_downward_in_the_order_of_the_house():
    # HOUSE.md 2, with the rooms that came since where their reasons put them (records/README.md).
    assert contracts()["layers"]["layers"] == [
        "records.urls",
        "records.views | records.admin | records.management",
        "records.exports | records.sitemaps",
        "records.filters | records.reading | records.storage | records.summitfile",
        "records.language",
        "records.review",
        "records.publishing",
        "records.links",
        "records.waiting",
        "records.index",
        "records.public",
        "records.facets",
        "records.newest",
        "records.document",
        "records.search",
        "records.audit | records.front",
        "records.models",
        "records.roles",
        "records.date_words",
        "records.dates",
        "records.choices | records.batches",
    ]


def test_every_room_has_its_place_in_the_order():
    placed = {
        room.strip() for layer in contracts()["layers"]["layers"] for room in layer.split("|")
    }
    rooms = {
        f"records.{path.parts[1].removesuffix('.py')}"
        for path in ending(".py")
        if path.parts[0] == "records"
    }
    assert rooms - placed == {"records.__init__", "records.apps", "records.migrations"}
    assert placed - rooms == set()


def test_the_public_doors_see_no_row_of_the_working_copy():
    contract = contracts()["forbidden"]
    doors = {"records.urls", "records.views", "records.filters", "records.reading"}
    assert doors <= set(contract["source_modules"])
    assert {"records.models", "records.document.write"} <= set(contract["forbidden_modules"])


# texts of the interface ---------------------------------------------------------------------------


@cache
def catalogue(path):
    with path.open("rb") as file:
        return read_po(file, domain="django")


@cache
def extracted():
    """`(context, text)` of every text that code and templates ask to be translated."""
    with (TOP / "records" / "locale" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TOP / ".ci"))  # babel.cfg names an extractor that stands there
        found = extract_from_dir(
            TOP, methods, options, keywords=KEYWORDS, directory_filter=is_of_the_project
        )
        return {(context, first(message)) for _file, _line, message, _comments, context in found}


def is_of_the_project(folder):
    return Path(folder).name not in ("var", "migrations") and not Path(folder).name.startswith(".")


def test_no_text_is_asked_for_inside_another():
    """Before Python 3.12 nothing finds texts inside f-strings: they stay in English, unnoticed."""
    hidden = [
        f"{path}:{call.lineno}"
        for path in ending(".py")
        for whole in ast.walk(ast.parse(read(path)))
        if isinstance(whole, ast.JoinedStr)
        for call in ast.walk(whole)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in KEYWORDS
    ]
    assert hidden == []


def test_there_is_a_catalogue_for_each_other_language():
    languages = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    assert {path.parts[-3] for path in CATALOGUES} == languages


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_text_of_the_interface_is_translated(path):
    known = {(found.context, first(found.id)): found for found in catalogue(path) if found.id}
    assert sorted(map(str, known)) == sorted(map(str, extracted()))
    assert [key for key, found in known.items() if found.fuzzy or not whole(found)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_is_the_one_that_is_written(path, tmp_path):
    made = tmp_path / "django.mo"
    with made.open("wb") as file:
        write_mo(file, catalogue(path))
    assert texts_of(path.with_suffix(".mo")) == texts_of(made)


def texts_of(path):
    with path.open("rb") as file:
        return {
            (found.context, first(found.id)): found.string for found in read_mo(file) if found.id
        }


def first(identifier):
    return identifier[0] if isinstance(identifier, tuple | list) else identifier


def whole(message):
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(strings)
