"""Files as a small studio has them, for the pictures of the window."""

import functools
import json
import math
import struct
import zlib
from pathlib import Path

PICTURES = {
    "Jug, sky blue.png": ((196, 216, 232), (88, 140, 190)),
    "Kettle, signal red.png": ((232, 222, 212), (196, 52, 44)),
    "Mug with lemons.png": ((214, 208, 200), (238, 206, 70)),
    "Pail, bottle green.png": ((226, 222, 214), (34, 92, 62)),
    "Stacking bowls.png": ((220, 224, 226), (64, 96, 128)),
}

COLOURS = {
    "season": "autumn",
    "colours": {"signal red": "#c4342c", "bottle green": "#225c3e", "sky blue": "#588cbe"},
    "order": 1836486125467611137,
    "rate": 1.0,
    "approved": True,
}


@functools.cache
def picture(ground: tuple[int, int, int], thing: tuple[int, int, int], width: int = 480, height: int = 320) -> bytes:
    """A still life of sorts: a round thing on a table, with a light from the left. As PNG."""
    rows = []
    for y in range(height):
        row = bytearray([0])
        for x in range(width):
            distance = math.hypot(x - width / 2, (y - height / 2) * 1.1) / (height * 0.33)
            light = 1.1 - 0.35 * x / width - (0.12 if y > height * 0.72 else 0)
            if distance < 1:
                light *= 1.15 - 0.6 * math.hypot(x - width * 0.42, y - height * 0.38) / height
            colour = thing if distance < 1 else ground
            row += bytes(max(0, min(255, round(part * light))) for part in colour)
        rows.append(bytes(row))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"".join(rows), 6)) + chunk(b"IEND", b"")


def make(folder: Path) -> list[Path]:
    """Puts them into a folder; what lies at its top."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, colours in PICTURES.items():
        (folder / name).write_bytes(picture(*colours))
    texts = {
        "Read me first.md": "# Client deliverables\n\nSigned-off work. Links stay the same when a file is replaced.\n",
        "Colour values.json": json.dumps(COLOURS, indent=2),
        "Price list Q1 2027.csv": "article,price\n" + "".join(f"{1000 + n},{n * 3}.50\n" for n in range(400)),
        "Brand guidelines 3.1.pdf": "%PDF-1.4\n" + "guidelines " * 9000,
        "Lookbook autumn 2026.pdf": "%PDF-1.4\n" + "lookbook " * 40000,
        "Hero film 30 s.srt": "1\n00:00:00,000 --> 00:00:02,000\nEnamel, made to last.\n" * 40,
        "Logo sheet.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9"/></svg>',
        "Print masters/Cover front.pdf": "%PDF-1.4\n" + "cover " * 60000,
        "Print masters/Cover back.pdf": "%PDF-1.4\n" + "cover " * 52000,
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return sorted(folder.iterdir())
