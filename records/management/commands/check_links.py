from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from records import links


class Command(BaseCommand):
    help = (
        "Ask the addresses that sources name whether they still answer: public addresses only, each"
        " host at most once a second, the longest unasked first. A link is dead when it failed on"
        " two different days; editors find it among the work that waits."
    )

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=1000, help="ask no more (1000)")
        parser.add_argument(
            "--older-than",
            type=int,
            default=30,
            metavar="DAYS",
            help="ask what was not asked for so many days (30); failures the next day",
        )

    def handle(self, *, limit, older_than, **options):
        links.note_addresses()
        wanted = links.due(
            timezone.now(), older_than=timedelta(days=older_than), limit=max(limit, 0)
        )
        reach = partial(links.reach, agent=agent(), before=links.Pace().wait)
        failing = 0
        for link, reached in links.check(wanted, reach):
            if reached.fails:
                failing += 1
                standing = "dead" if link.is_dead else "failing"
                self.stdout.write(f"{standing}: {link.url} ({reached.status or reached.trouble})")
        self.stdout.write(f"{len(wanted)} addresses asked, {failing} failed")


def agent() -> str:
    """Who asks, and whom to tell if it should not: what a host's keeper looks for in the log."""
    contact = "; ".join(filter(None, (settings.SITE_URL, settings.CONTACT_EMAIL)))
    return f"SummitRecordLinks/1 (+{contact})"
