"""Two names of the vocabulary that are one: what hinders that they become one, and the merge."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from records import audit, publishing, review
from records.document import relation
from records.document.canonical import walk
from records.document.formats import opened
from records.document.read import read, read_row, rows_of
from records.document.schema import Shape, shape_of, vocabulary_name
from records.document.write import write, write_names
from records.index.former import under_names
from records.models import Edition, Party, Relation, Topic

from .renaming import LISTS_BY_NAME, working_copies

Item = dict[str, Any]


def said_of(name: Any) -> Item:
    shape = shape_of(type(name))
    return read_row(rows_of(type(name).objects.filter(pk=name.pk), shape).get(), shape)


def combined(kept: Item, gone: Item, shape: Shape) -> Item:
    """What is said of the one name afterwards: what is kept, and what only the other says.

    Its names become spellings, its slug a former one. Where one stands below the other, or below a
    third, stays as it is.
    """
    found = dict(kept)
    for fact in shape.facts:
        mine, other = kept.get(fact.name), gone.get(fact.name)
        if fact.name in ("slug", "formerly", "also") or not other:
            continue
        if fact.kind == "many":
            there = {*(mine or []), *other} - {kept["slug"], gone["slug"]}
            found[fact.name] = sorted(there)
        elif fact.kind == "text" and fact.name != "description":
            found[fact.name] = {**other, **(mine or {})}
        elif not mine and fact.kind != "one":
            found[fact.name] = other
    if shape.fact("also"):
        texts = (row.get(name, {}) for row in (gone,) for name in ("name", "short_name"))
        spelt = [word for text in texts for word in text.values()]
        known = {word for name in ("name", "short_name") for word in found.get(name, {}).values()}
        also = [*kept.get("also", []), *spelt, *gone.get("also", [])]
        found["also"] = [word for word in dict.fromkeys(also) if word not in known]
    former = [*kept.get("formerly", []), *gone.get("formerly", []), gone["slug"]]
    found["formerly"] = list(dict.fromkeys(former))
    return {fact.name: found[fact.name] for fact in shape.facts if found.get(fact.name)}


# why two cannot become one ------------------------------------------------------------------------


def hindrances(gone: Any, kept: Any) -> list[str]:
    """Why the two cannot be merged yet, each with its remedy."""
    if gone.pk == kept.pk:
        return [_("That is the same name.")]
    found = []
    for summit in sorted(listed_twice(gone, kept)):
        found.append(
            _("Both stand in one list of the working copy of %(summit)s: take one out first.")
            % {"summit": summit}
        )
    for summit in read_twice(gone, kept):
        found.append(
            _("Readers see both in one list of %(summit)s: take one out and publish that first.")
            % {"summit": summit}
        )
    if isinstance(gone, Topic):
        if kept.parent_id == gone.pk:
            found.append(_("The topic to be kept stands below the other: keep that one instead."))
        elif kept.parent_id and gone.children.exists():
            found.append(_("Topics stand below this one, and there are two levels only."))
    if isinstance(gone, Party):
        slug = relation.slug((gone.slug, kept.slug))
        if Relation.objects.filter(slug=slug).exists():
            found.append(_("%(slug)s is a relation of the two: delete it first.") % {"slug": slug})
    return found


def listed_twice(gone: Any, kept: Any) -> set[str]:
    """Slugs of the summits with a list that may hold each name once and holds both."""
    found: set[str] = set()
    for back in gone._meta.related_objects:
        name, model = back.field.name, back.related_model
        for rule in model._meta.constraints:
            if not isinstance(rule, models.UniqueConstraint) or name not in rule.fields:
                continue
            others = [field for field in rule.fields if field != name]
            same = {field: models.OuterRef(field) for field in others}
            twin = model._default_manager.filter(**{name: kept}, **same)
            rows = model._default_manager.filter(models.Exists(twin), **{name: gone})
            way = "summit__slug" if "summit" in others else f"{others[0]}__summit__slug"
            found |= set(rows.values_list(way, flat=True))
    return found


def read_twice(gone: Any, kept: Any) -> list[str]:
    """Slugs of the public summits whose edition has both in such a list."""
    kind = vocabulary_name(type(gone))
    both = set(publishing.citing(kind, gone.slug)) & set(publishing.citing(kind, kept.slug))
    newest: dict[str, str] = {}
    editions = Edition.objects.filter(summit__slug__in=both).order_by("summit", "number")
    for slug, content in editions.values_list("summit__slug", "content"):
        newest[slug] = content
    today = {(kind, gone.slug): kept.slug}
    return sorted(
        s for s, content in newest.items() if doubled(under_names(opened(content), today))
    )


def doubled(document: Item) -> bool:
    for shape, row, _place in walk(document):
        for child in shape.children:
            if child.key is not None:
                rows = enumerate(row.get(child.name, []))
                names = [child.known_by(item, place) for place, item in rows]
                if len(set(names)) != len(names):
                    return True
    return False


# the merge ----------------------------------------------------------------------------------------


def merge(gone: Any, kept: Any, person: review.Person) -> None:
    """Make `kept` of both, in all working copies; editions stay as they were published.

    In the transaction of the caller, who holds the record.
    """
    kind, shape = vocabulary_name(type(gone)), shape_of(type(gone))
    item = combined(said_of(kept), said_of(gone), shape)
    old, new = gone.slug, kept.slug
    summits = working_copies(gone)
    for back in gone._meta.related_objects:
        move(back, gone, kept)
    for summit in summits:
        document = read(summit)
        changed = under_names(document, {(kind, old): new})
        if changed != document:
            write(changed)
        for name in LISTS_BY_NAME.get(type(gone), ()):
            review.follow(summit, f"{name}.{old}", f"{name}.{new}")
        review.contributed(summit, person)
    relations = merge_relations(old, new) if isinstance(gone, Party) else []
    gone.delete()
    write_names([(kept, item)], shape)
    publishing.vocabulary_saved(
        [(kind, old), (kind, new), *(("relation", slug) for slug in relations)]
    )
    audit.note("names merged", by=person.name, about=(kind, old), into=new)


def move(back: Any, gone: Any, kept: Any) -> None:
    """Rows that refer to `gone` by one fact refer to `kept`."""
    if not back.many_to_many:
        back.related_model._default_manager.filter(**{back.field.name: gone}).update(
            **{back.field.name: kept}
        )
        return
    links, own = back.through._default_manager, back.field.m2m_field_name()
    target = back.field.m2m_reverse_field_name()
    there = links.filter(**{target: kept}).values(f"{own}_id")
    doubles = models.Q(**{f"{own}_id__in": there})
    if isinstance(kept, back.related_model):
        doubles |= models.Q(**{own: kept})  # nothing comes before itself
    for link in list(links.filter(doubles, **{target: gone}).values_list("pk", flat=True)):
        links.filter(pk=link).delete()
    links.filter(**{target: gone}).update(**{target: kept})


def merge_relations(old: str, new: str) -> list[str]:
    """Relations of the party that goes become those of the one that is kept; their slugs."""
    parties = set(Party.objects.values_list("slug", flat=True))
    changed = []
    for row in list(Relation.objects.filter(slug__contains=old)):
        pair = relation.pair(row.slug, parties)
        if not pair or old not in pair:
            continue
        [other] = [party for party in pair if party != old]
        slug = relation.slug((other, new))
        there = Relation.objects.filter(slug=slug).first()
        if there is None:
            row.formerly = [*row.formerly, row.slug]
            row.slug = slug
            row.save()
        else:
            shape = shape_of(Relation)
            item = combined(said_of(there), said_of(row), shape)
            row.delete()
            write_names([(there, item)], shape)
        changed.append(slug)
    return changed
