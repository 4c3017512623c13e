"""What comes after publication: put right, an earlier edition again, changed from a file."""

from __future__ import annotations

import re
from pathlib import Path

from .day import Day
from .entering import PUBLIC, SLUG, TITLE
from .person import Person
from .reviewing import summit, through_review
from .together import part

WRONG = {
    "English": "The talks lasted 70 minutes, not 75.",
    "Korean": "회담 시간은 75분이 아니라 70분입니다.",
    "Japanese": "会談の時間は75分ではなく70分です。",
}
BACK = {"English": "75 minutes was right after all.", "Korean": "75분이 맞습니다."}


def correct(day: Day) -> None:
    kim = day.editor("kim")
    part(kim, "Sessions", "talks")
    kim.type("Minutes", "70")
    kim.saves()
    through_review(day, WRONG, "Correction")
    reader = day.reader()
    reader.go("/en/corrections")
    reader.sees(WRONG["English"], reader.page.get_by_role("main"))
    reader.go("/ko/corrections")
    reader.sees(WRONG["Korean"], reader.page.get_by_role("main"))
    reader.go("/ja/changes")
    reader.sees(TITLE["ja"], reader.page.get_by_role("main"))
    reader.go(f"/en/{PUBLIC}/sessions/talks")
    reader.sees("70 minutes", reader.page.get_by_role("main"))


def restore(day: Day) -> None:
    """The edition before becomes the working copy again, and the next edition."""
    tanaka = day.editor("tanaka")
    before = compared(tanaka)
    tanaka.follow(f"Restore edition {before} as the working copy")
    tanaka.sees("What changes in the working copy")
    tanaka.saves(f"Restore edition {before}")
    assert compared(tanaka) == before
    tanaka.sees("Both say the same.")
    through_review(day, BACK, "Correction")
    reader = day.reader()
    reader.go(f"/en/{PUBLIC}/sessions/talks")
    reader.sees("75 minutes", reader.page.get_by_role("main"))


def compared(tanaka: Person) -> str:
    """Compare the last edition but one with the working copy; gives its number."""
    summit(tanaka)
    tanaka.follow("Compare with what was published")
    found = tanaka.page.get_by_role("option").all_text_contents()
    editions = [each for each in dict.fromkeys(found) if each.startswith("Edition")]
    tanaka.choose("From", editions[1])
    tanaka.press("Compare")
    return re.findall(r"\d+", editions[1])[0]


def upload(day: Day) -> None:
    """A summit file is taken out, changed with a fault, mended, brought back."""
    kim = day.editor("kim")
    summit(kim)
    with kim.page.expect_download() as taken:
        kim.page.get_by_role("link", name="Download as a file").click()
    text = Path(taken.value.path()).read_text()
    good = text.replace("Upper room", "Lower room")
    lines = good.split("\n")
    at = next(number for number, line in enumerate(lines, 1) if line.startswith("starts:"))
    wrong = "\n".join([*lines[: at - 1], "starts: 2026-11-31", *lines[at:]])

    bring(kim, wrong, 422)
    kim.sees("Nothing was loaded: 1 fault.")
    kim.sees(f"Line {at}, column")
    kim.sees("starts: 2026-11-31", kim.page.get_by_role("code"))
    kim.follow("Choose the mended files")
    bring(kim, good, 200)
    for role, word in (("deletion", "Upper"), ("insertion", "Lower")):
        kim.page.get_by_role(role).filter(has_text=word).wait_for()
    kim.press("Load")
    kim.sees("1 summit loaded.")
    kim.follow("talks", kim.region("Sessions"))
    kim.shows("Venue (English)", "Lower room")
    reader = day.reader()
    reader.go(f"/en/{PUBLIC}/sessions/talks")
    reader.sees("Upper room", reader.page.get_by_role("main"))


def bring(kim: Person, text: str, status: int) -> None:
    if not kim.page.url.endswith("/upload/"):
        kim.go("/admin/")
        kim.follow("Load files")
    file = {"name": f"{SLUG}.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    kim.field("Files").set_input_files(file)
    kim.day.fields += 1
    with kim.expecting(status):
        kim.press("Read the files")
