"""Who was there: the delegations in the order of every parallel text, their people in groups."""

from __future__ import annotations

from typing import Any

from records.choices import Capacity, DelegationRole
from records.public import Names

from .differences import Differences
from .sources import Sources

Row = dict[str, Any]

MANY = 6  # more people than this are listed in groups
GROUPS: dict[str, tuple[Capacity, ...]] = {
    "leaders": (
        Capacity.HEAD_OF_STATE,
        Capacity.HEAD_OF_GOVERNMENT,
        Capacity.LEADER,
        Capacity.HEAD_OF_ORGANISATION,
    ),
    "ministers": (Capacity.MINISTER, Capacity.ENVOY),
    "officials": (
        Capacity.OFFICIAL,
        Capacity.MILITARY,
        Capacity.SPOKESPERSON,
        Capacity.INTERPRETER,
    ),
    "family": (Capacity.FAMILY,),
    "others": (Capacity.COMMUNITY, Capacity.OTHER),
}


def order(document: Row) -> list[str]:
    """The parties in their order on the page: of two the guest first, by courtesy; more of them
    in the order of the file, which is that of protocol."""
    rows = document["delegations"]
    if len(rows) == 2:
        rows = sorted(rows, key=lambda row: row["role"] != DelegationRole.GUEST)
    return [row["party"] for row in rows]


def attendance(row: Row, sources: Sources, names: Names, differences: Differences) -> Row:
    return {
        **row,
        "slug": row["participant"],
        "person": names.row("participant", row["participant"]),
        "is_known": names.has("participant", row["participant"]),
        "for": names.name("party", row["on_behalf_of"]) if row["on_behalf_of"] else {},
        "marks": sources.of(row, "office"),
        "differences": differences.about("attendances", row["participant"]),
    }


def grouped(people: list[Row]) -> list[tuple[str, list[Row]]]:
    """`(group, people)`; one group without a name where they are few."""
    if len(people) <= MANY:
        return [("", people)] if people else []
    found: dict[str, list[Row]] = {name: [] for name in GROUPS}
    for row in people:
        leads = "leaders" if row["principal"] else None
        group = leads or next(
            (name for name, known in GROUPS.items() if row["capacity"] in known), "others"
        )
        found[group].append(row)
    return [(name, rows) for name, rows in found.items() if rows]


def delegations(
    document: Row, sources: Sources, names: Names, differences: Differences
) -> tuple[list[Row], list[Row]]:
    """The delegations with their people, and the people of none (a guide, say)."""
    people = [attendance(row, sources, names, differences) for row in document["attendances"]]
    known = {row["party"]: row for row in document["delegations"]}
    slugs = [*order(document), *(row["party"] for row in people)]
    found = []
    for slug in dict.fromkeys(filter(None, slugs)):
        row = known.get(slug)
        found.append(
            {
                "party": slug,
                "name": names.name("party", slug),
                "until": names.row("party", slug)["until"],
                "role": row["role"] if row else "",
                "rank": row["rank"] if row else "",
                "note": row["note"] if row else {},
                "marks": sources.of(row, "role", "rank") if row else {},
                "groups": grouped([one for one in people if one["party"] == slug]),
                "leaders": [one for one in people if one["party"] == slug and one["principal"]],
                "differences": differences.about("delegations", slug),
            }
        )
    return found, [row for row in people if not row["party"]]
