"""Draws the sizes of the icon from its SVG. Needs rsvg-convert (Debian: librsvg2-bin); run after changing an SVG."""

import struct
import subprocess
from pathlib import Path

ICONS = Path(__file__).resolve().parent.parent / "icons"
# Below this the fine lines of the large drawing would be lost.
SMALL = 48
SIZES = (32, 128, 256, 512)
IN_ICO = (32, 256)


def draw(size: int) -> None:
    source = "pail-small.svg" if size <= SMALL else "pail.svg"
    words = ["rsvg-convert", "-w", str(size), "-h", str(size), source, "-o", f"{size}x{size}.png"]
    subprocess.run(words, cwd=ICONS, check=True)


def pack_ico() -> None:
    """Windows wants its icon as ICO: a list of places, then the PNGs as they are."""
    pictures = [(ICONS / f"{size}x{size}.png").read_bytes() for size in IN_ICO]
    offset = 6 + 16 * len(pictures)
    places = b""
    for size, picture in zip(IN_ICO, pictures):
        places += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    (ICONS / "pail.ico").write_bytes(struct.pack("<HHH", 0, 1, len(pictures)) + places + b"".join(pictures))


for each in SIZES:
    draw(each)
pack_ico()
