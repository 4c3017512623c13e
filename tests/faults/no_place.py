"""A disk that is full, a folder that cannot be written to: readers read on, editors are told."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .figures import Figures
from .site import Site
from .traffic import Traffic

READS = 40


def full_disk(site: Site, rounds: int) -> Figures:
    """The disk fills while the site serves; with room again it goes on without a restart."""
    figures = Figures("disk full", rounds)
    with small_disk(site) as (filled, how):
        figures.told.append(how)
        site.start()
        traffic = Traffic(site, figures)
        try:
            for _turn in range(rounds):
                traffic.save()
                with filled():
                    met = refused(traffic)
                    reads = [traffic.read(place) for place in range(READS)]
                figures.expect(met, "a save was not refused with 503 and the text kept")
                figures.expect(set(reads) == {200}, f"readers met {sorted(set(reads))}")
                figures.expect(traffic.save() == 302, "with room again a save was refused")
        finally:
            site.stop()
        traffic.count()
    figures.expect(not traffic.broken, f"saves were answered with {sorted(set(traffic.broken))}")
    return figures


def refused(traffic: Traffic) -> bool:
    """Save until it is refused; whether the answer keeps what was typed and names no cause."""
    for _turn in range(400):
        if traffic.save() != 302:
            break
    return bool(traffic.refusals) and all(
        'name="slug" value="fault-' in page and "Traceback" not in page for page in traffic.refusals
    )


@contextmanager
def small_disk(site: Site) -> Iterator[tuple[object, str]]:
    """The site's folder on a disk of its own, or where that is not allowed under a limit of size.

    Gives what fills it, and in words how.
    """
    size = 24 << 20
    aside = site.folder.with_name(f"{site.folder.name}-aside")
    shutil.copytree(site.folder, aside, symlinks=True)
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(site.folder)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    if not mounted:
        yield limited(site), "by a limit of file sizes, as no disk may be mounted here"
        return
    try:
        shutil.copytree(aside, site.folder, dirs_exist_ok=True, symlinks=True)
        yield filling(site.folder), "a disk of 24 MB"
    finally:
        subprocess.run(["umount", "--lazy", str(site.folder)], check=True)


def filling(folder: Path) -> object:
    @contextmanager
    def filled() -> Iterator[None]:
        ballast = folder / "ballast"
        with ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError:
                pass
        try:
            yield
        finally:
            ballast.unlink()

    return filled


def limited(site: Site) -> object:
    @contextmanager
    def filled() -> Iterator[None]:
        most = resource.RLIM_INFINITY
        sizes = [os.path.getsize(f"{site.file}{ending}") for ending in ("-wal",)]
        for worker in site.workers():
            resource.prlimit(worker, resource.RLIMIT_FSIZE, (max(sizes), most))
        try:
            yield
        finally:
            for worker in site.workers():
                resource.prlimit(worker, resource.RLIMIT_FSIZE, (most, most))

    return filled


def read_only(site: Site, rounds: int) -> Figures:
    """The data folder can no longer be written to, while the site serves."""
    figures = Figures("data folder read-only", rounds)
    # Who may write everywhere must not be who is tried.
    plain = ["setpriv", "--bounding-set=-dac_override"] if os.getuid() == 0 else []
    site.start(*plain)
    traffic = Traffic(site, figures)
    everything = [site.folder, *site.folder.rglob("*")]
    try:
        for _turn in range(rounds):
            figures.expect(traffic.save() == 302, "a save was refused before")
            modes = {path: path.stat().st_mode for path in everything if path.exists()}
            modes |= {p: p.stat().st_mode for p in site.folder.rglob("*")}
            for path, mode in modes.items():
                path.chmod(mode & ~0o222)
            try:
                traffic.save()
                reads = [traffic.read(place) for place in range(READS)]
            finally:
                for path, mode in modes.items():
                    path.chmod(mode)
            figures.expect(set(reads) == {200}, f"readers met {sorted(set(reads))}")
            figures.expect(traffic.save() == 302, "writable again, a save was refused")
    finally:
        site.stop()
    traffic.count()
    figures.expect(len(traffic.refusals) == rounds, f"saves met {traffic.broken}")
    return figures
