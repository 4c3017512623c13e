"""Two editors at once, and two names that are one."""

from __future__ import annotations

from .day import Day
from .entering import ODA, PUBLIC, TITLE, TWICE, add, name
from .person import Person
from .reviewing import summit, through_review


def collide(day: Day) -> None:
    """Both change the same fact: the second is asked, and nothing that either typed is lost."""
    kim, lee = day.editor("kim"), day.editor("lee")
    for each in (kim, lee):
        part(each, "Sessions", "talks")
    kim.type("Minutes", "75")
    kim.type("Summary (English)", "The ministers spoke of rescue at sea.")
    lee.type("Minutes", "70")
    lee.type("Venue (English)", "Upper room")
    lee.saves()
    with kim.expecting(409):
        kim.press("Save")
    kim.sees("Lee Sora changed the same while the form was open.")
    question = kim.page.get_by_role("group", name="Minutes")
    for side, minutes in (("Before", "60"), ("Saved meanwhile", "70"), ("Typed by you", "75")):
        kim.sees(minutes, question.locator("div").filter(has_text=side))
    kim.sees("Upper room", kim.region("Also changed meanwhile, and kept"))
    kim.tick("What stands in this field:", question)
    kim.saves()

    part(kim, "Sessions", "talks")
    kim.shows("Minutes", "75")
    kim.shows("Venue (English)", "Upper room")
    kim.shows("Summary (English)", "The ministers spoke of rescue at sea.")


def merge(day: Day) -> None:
    different_facts(day)
    one_person(day)


def different_facts(day: Day) -> None:
    """Each changes another fact of one form: both stand, and the second is told."""
    kim, lee = day.editor("kim"), day.editor("lee")
    for each in (kim, lee):
        part(each, "Commitments", "1")
    kim.type("Gist (English)", "Both coast guards rescue together once a year.")
    lee.type("Due", "2028")
    lee.saves()
    kim.saves()
    kim.sees("Changed by Lee Sora while this form was open")
    part(kim, "Commitments", "1")
    kim.shows("Due", "2028")
    kim.shows("Gist (English)", "Both coast guards rescue together once a year.")


def one_person(day: Day) -> None:
    """A name entered twice and published becomes one; its old address leads on."""
    kim, tanaka = day.editor("kim"), day.editor("tanaka")
    add(kim, "Participants")
    name(kim, TWICE)
    kim.saves()
    summit(kim)
    kim.follow("Add statement")
    kim.type("Key", "closing")
    kim.complete("Speaker", "Minorie", TWICE[0])
    kim.type("Gist (English)", "The exercise comes first.")
    kim.cite("s02")
    kim.saves()
    through_review(day, {"English": "What was said at the end."})
    reader = day.reader()
    reader.go(f"/en/participants/{TWICE[0]}")
    reader.sees("Minorie", reader.page.get_by_role("heading", level=1))

    tanaka.go("/admin/records/participant/")
    tanaka.follow(TWICE[1])
    tanaka.follow("Merge")
    tanaka.complete("Keep", "Oda", f"({ODA[0]})")
    tanaka.press("Show what would change")
    tanaka.sees(f"“{ODA[1]}” afterwards")
    tanaka.press("Merge")
    tanaka.sees(f"“{TWICE[0]}” was merged into “{ODA[0]}”.")
    reader = day.reader()
    reader.go(f"/en/participants/{TWICE[0]}")
    assert reader.page.url.endswith(f"/en/participants/{ODA[0]}"), reader.page.url
    reader.sees(TITLE["en"], reader.page.get_by_role("main"))
    through_review(day, {"English": "One name for one person."})
    reader = day.reader()
    reader.go(f"/en/{PUBLIC}")
    reader.sees("The exercise comes first.", reader.page.get_by_role("main"))
    reader.sees_not("Minorie", reader.page.get_by_role("main"))


def part(person: Person, rows: str, key: str) -> None:
    """Open a row of one of the summit's lists."""
    summit(person)
    person.follow(key, person.region(rows))
