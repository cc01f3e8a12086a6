"""Pail on its desk, as the tests see it: the window, the command line beside it, the system around it."""

import json
import shutil
import subprocess
import unittest
import urllib.request
from pathlib import Path

from desk import HERE, ROOT, Desk, Place, wait_for
from pointer import Drag, Screen
from webdriver import Driver

PROGRAM = ROOT / "target/debug/pail-desktop"
CLI = ROOT / "target/debug/pail"
SHOTS = HERE / "shots"
SIZE = (1280, 820)

_desk: list[Desk] = []


def the_desk() -> Desk:
    """One desk for the whole run; `clear_the_desk` ends it."""
    if not _desk:
        _desk.append(Desk())
    return _desk[0]


def clear_the_desk() -> None:
    while _desk:
        _desk.pop().close()


class WindowTest(unittest.TestCase):
    """A test with a person and a Pail home of its own. `self.window` is the page once `open()` was called."""

    window: Driver | None = None

    def setUp(self) -> None:
        self.place = Place(the_desk())
        self.addCleanup(self.place.close)
        self.screen = Screen(self.place)

    def open(self, size: tuple[int, int] = SIZE) -> Driver:
        """Starts the application and waits until its page stands."""
        log = SHOTS / f"{self.id().rsplit('.', 1)[-1]}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        self.window = Driver(self.place, PROGRAM, ["--home", str(self.place.home)], log)
        self.addCleanup(self.close)
        self.frame = self.screen.window("Pail")
        self.screen.size(self.frame, *size)
        self.screen.put(self.frame, 0, 0)
        self.screen.origin(self.frame)
        self.window.one("button", "New bucket")
        # What the page's own rules forbid must not happen in an ordinary hour.
        self.window.run(
            "window.forbidden = []; addEventListener('securitypolicyviolation', (event) => "
            "window.forbidden.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"
        )
        return self.window

    def close(self) -> None:
        if self.window:
            window, self.window = self.window, None
            window.close()
            # The driver now and then leaves the application behind; the next test must not meet its window.
            self.place.end_programs(PROGRAM)
            wait_for(lambda: not self.screen.found("Pail"), "the end of the window")

    def tearDown(self) -> None:
        if self.window and self.window.alive():
            self.assertEqual(self.window.run("return window.forbidden;"), [], "the page broke its own rules")

    def picture(self, name: str) -> None:
        """Keeps a picture of the page in `shots`."""
        self.screen.picture(SHOTS / f"{name}.png", self.frame)

    # -- the command line beside the window

    def pail(self, *words, stdin: str | None = None):
        """Runs `pail` on the same home and gives its answer."""
        out = self.place.run(str(CLI), "--home", str(self.place.home), "--json", *map(str, words), input=stdin)
        return json.loads(out) if out.strip() else None

    def bucket(self, title: str, *files: Path, **limits) -> str:
        """A bucket with files in it; its id."""
        flags = [word for name, value in limits.items() for word in (f"--{name.replace('_', '-')}", value)]
        bucket = self.pail("bucket", "create", title, *flags)["id"]
        if files:
            self.pail("file", "put", bucket, *files)
        return bucket

    def objects(self, bucket: str) -> dict[str, dict]:
        """The files of a bucket by key."""
        return {one["key"]: one for one in self.pail("file", "list", bucket)["objects"]}

    # -- the page

    def row(self, name: str) -> dict:
        return self.window.one("row", name)

    def select(self, name: str) -> None:
        self.window.click(self.row(name))

    def tab(self, name: str) -> None:
        self.window.click(self.window.one("tab", name))

    def said(self, words: str) -> None:
        """Waits until a notice says so."""
        wait_for(
            lambda: any(words in self.window.text(status) for status in self.window.found("status")),
            f"a notice that says “{words}”",
        )

    def drag(self, *paths: Path) -> Drag:
        return Drag(self.screen, list(paths), self.frame)

    def drop(self, *paths: Path) -> None:
        """Drags files out of another window and lets go of them over the middle of the list."""
        with self.drag(*paths) as drag:
            drag.over(600, 420)
            drag.drop()

    # -- the world outside

    def clipboard(self) -> str:
        """What was copied last; nothing while nobody has copied."""
        paste = ["xclip", "-o", "-selection", "clipboard"]
        return subprocess.run(paste, env=self.place.env(), capture_output=True, text=True, timeout=60).stdout

    def opened(self, count: int = 1) -> list[Path]:
        """What the system's opener was given, once it was given that many."""
        wait_for(lambda: len(self.place.opened()) >= count, f"{count} opened")
        return [Path(path) for path in self.place.opened()]


def fetch(url: str) -> bytes:
    """What a browser would download."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()


def forget_shots() -> None:
    shutil.rmtree(SHOTS, ignore_errors=True)
