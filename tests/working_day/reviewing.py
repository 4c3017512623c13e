"""From desk to desk: submitted, sent back, mended, approved, published, read."""

from __future__ import annotations

from .day import Day
from .entering import ODA, PROMISE, PUBLIC, RYU, TITLE, WORDS
from .person import Person

NOTES = {"English": "Record opened.", "Korean": "기록을 열었습니다.", "Japanese": "記録を公開。"}


def send_back(day: Day) -> None:
    kim, lee = day.editor("kim"), day.editor("lee")
    submit(kim, "Entered from the joint statement and one report.")
    kim.sees_no("button", "Approve")  # of one's own work

    waiting(lee, "Waits for review")
    lee.type("Comment", "Name the hall as its own sign does.")
    lee.press("Request changes")
    lee.sees("Changes requested", lee.region("Where the working copy stands"))

    waiting(kim, "My drafts")
    kim.sees("Name the hall as its own sign does.", kim.region("Where the working copy stands"))
    kim.type("Venue (English)", "Hall of the harbour")
    kim.saves()
    submit(kim, "The hall has its name.")


def approve(day: Day) -> None:
    lee = day.editor("lee")
    waiting(lee, "Waits for review")
    lee.follow("Read it in the preview")
    lee.page.frame_locator("iframe").get_by_text("Hall of the harbour").first.wait_for()
    waiting(lee, "Waits for review")
    lee.press("Approve")
    lee.sees("Approved", lee.region("Where the working copy stands"))
    lee.sees_no("button", "Publish now")
    day.reader().finds_nothing_at(f"/en/{PUBLIC}")


def publish(day: Day) -> None:
    release(day.editor("tanaka"), NOTES)
    reader = day.reader()
    offices = {"en": {RYU[0]: "Minister of the Sea", ODA[0]: "Minister of Harbours"}}
    gists = {"en": ("An exercise each year was agreed.", "An exercise each year was decided.")}
    for code, words in WORDS.items():
        offices[code], gists[code] = words["offices"], words["wordings"]
    for code, title in TITLE.items():
        reader.go(f"/{code}/{PUBLIC}")
        reader.sees(title, reader.page.get_by_role("heading", level=1))
        for words in (*offices[code].values(), PROMISE[code]):
            reader.sees(words, reader.page.get_by_role("main"))
        reader.follow(PROMISE[code])
        for gist in gists[code]:
            reader.sees(gist, reader.page.get_by_role("main"))
        reader.page.get_by_role("searchbox").first.fill(title)
        reader.page.keyboard.press("Enter")
        reader.page.get_by_role("main").get_by_role("link", name=title).first.click()
        reader.sees(title, reader.page.get_by_role("heading", level=1))
    reader.go("/en/changes")
    reader.sees(TITLE["en"], reader.page.get_by_role("main"))


# what the other steps do as well ------------------------------------------------------------------


def waiting(person: Person, queue: str) -> None:
    """Go to the summit from the first page's list of what waits."""
    person.go("/admin/")
    person.follow(TITLE["en"], person.region(queue))


def summit(person: Person) -> None:
    """Go to the summit's form from the list of summits."""
    person.go("/admin/records/summit/")
    person.follow(TITLE["en"])


def submit(person: Person, comment: str) -> None:
    summit(person)
    person.follow("Review and publish")
    person.type("Comment", comment)
    person.press("Submit for review")
    person.sees("In review", person.region("Where the working copy stands"))


def release(tanaka: Person, notes: dict[str, str], kind: str = "") -> None:
    """Publish what was approved."""
    waiting(tanaka, "Approved, to be published")
    for language, note in notes.items():
        tanaka.type(f"Public note ({language})", note)
    if kind:
        tanaka.choose("It is", kind)
    tanaka.press("Publish now")
    tanaka.sees("Published as edition")
    tanaka.sees("Published", tanaka.region("Where the working copy stands"))


def through_review(day: Day, notes: dict[str, str], kind: str = "") -> None:
    """What Kim has changed is submitted, approved and published."""
    submit(day.editor("kim"), notes["English"])
    lee = day.editor("lee")
    waiting(lee, "Waits for review")
    lee.press("Approve")
    lee.sees("Approved", lee.region("Where the working copy stands"))
    release(day.editor("tanaka"), notes, kind)
