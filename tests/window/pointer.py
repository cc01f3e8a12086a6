"""The real mouse: windows on the screen, and files dragged from one to another."""

import select
import subprocess
import sys
import time
from pathlib import Path

from desk import HERE, SCREEN, Place, wait_for

# The drag source needs Debian's bindings, which only Debian's own Python sees.
PYTHON = "/usr/bin/python3" if sys.platform == "linux" else sys.executable


class Screen:
    """What is on the display, and the mouse on it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._origins: dict[str, tuple[int, int]] = {}

    def xdotool(self, *words) -> str:
        return self.place.run("xdotool", *map(str, words)).strip()

    def found(self, title: str) -> list[str]:
        """The windows of that title that are to be seen now."""
        search = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"]
        return subprocess.run(search, env=self.place.env(), capture_output=True, text=True).stdout.split()

    def window(self, title: str) -> str:
        """The window of that title, once it is to be seen."""
        return wait_for(lambda: self.found(title), f"a window called {title}")[-1]

    def put(self, window: str, x: int, y: int) -> None:
        self.xdotool("windowmove", "--sync", window, x, y)
        self._origins.pop(window, None)

    def size(self, window: str, width: int, height: int) -> None:
        """Gives the window a size and waits until it keeps it: one that has just appeared may still take its own."""

        def kept() -> bool:
            if self.size_of(window) != (width, height):
                self.xdotool("windowsize", window, width, height)
                return False
            time.sleep(0.4)
            return self.size_of(window) == (width, height)

        wait_for(kept, f"a window of {width} × {height}")

    def size_of(self, window: str) -> tuple[int, int]:
        """Of its inside."""
        width, height = self.xdotool("getwindowgeometry", window).split("Geometry: ")[-1].split("x")
        return int(width), int(height)

    def answer(self, title: str, text: str = "") -> None:
        """Puts a path into a dialog of the system's, presses Return, and waits until it has gone.

        A dialog that is still reading a folder, or completing a name, may swallow keys: so the path is pasted, and pasted
        anew where that was lost. A box of the dialog's own, which says what it did not find, is closed first.
        """
        dialog = self.window(title)
        for _ in range(12):
            if not self._focus(dialog):
                if dialog not in self.found(title):
                    return
            elif text:
                self._paste(text)
            self.xdotool("key", "Return")
            if self._gone(dialog, title, 1.0):
                return
        raise AssertionError(f"in vain: the end of the dialog {title}")

    def _paste(self, text: str) -> None:
        """Puts a text into the field for paths, which a slash opens, over what stands there."""
        copy = ["xclip", "-i", "-selection", "clipboard"]
        subprocess.run(copy, input=text, text=True, env=self.place.env(), stdout=subprocess.DEVNULL, check=True)
        for key in ("slash", "ctrl+a", "ctrl+v"):
            self.xdotool("key", key)

    def _gone(self, window: str, title: str, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while window in self.found(title):
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def _focus(self, window: str) -> bool:
        """Brings the window to the front; whether there was one."""
        # Not by `self.xdotool`: a dialog may go at any moment, which is what is hoped for.
        focus = ["timeout", "5", "xdotool", "windowactivate", "--sync", window]
        return subprocess.run(focus, env=self.place.env(), capture_output=True).returncode == 0

    def ask_to_close(self, window: str) -> None:
        """Closes it as a person does, by the window manager's own key."""
        self.xdotool("windowactivate", "--sync", window)
        self.xdotool("key", "alt+F4")

    def origin(self, window: str) -> tuple[int, int]:
        """Where the inside of the window begins on the screen. (What xdotool says of its geometry counts the frame twice.)"""
        if window not in self._origins:
            self.xdotool("mousemove", "--window", window, 0, 0)
            self._origins[window] = self.mouse()
        return self._origins[window]

    def mouse(self) -> tuple[int, int]:
        lines = self.xdotool("getmouselocation", "--shell").splitlines()
        facts = dict(line.split("=", 1) for line in lines if "=" in line)
        return int(facts["X"]), int(facts["Y"])

    def picture(self, file: Path, window: str | None = None) -> None:
        """What the inside of a window looks like now, or the whole screen."""
        x, y, width, height = 0, 0, *SCREEN
        if window:
            x, y = self.origin(window)
            width, height = self.size_of(window)
        file.parent.mkdir(parents=True, exist_ok=True)
        self.place.run(PYTHON, str(HERE / "picture.py"), *map(str, (x, y, width, height, file)))

    def glide(self, x: int, y: int, steps: int = 20) -> None:
        """Moves the mouse as a hand does: a drag whose pointer jumps is none."""
        from_x, from_y = self.mouse()
        for step in range(1, steps + 1):
            self.xdotool(
                "mousemove", round(from_x + (x - from_x) * step / steps), round(from_y + (y - from_y) * step / steps)
            )
            time.sleep(0.02)


class Drag:
    """Files being dragged out of another program's window. Leaving the block lets go of whatever is still held."""

    def __init__(self, screen: Screen, paths: list, app: str) -> None:
        self.screen = screen
        self._app = app
        self._source = subprocess.Popen(
            [PYTHON, str(HERE / "drag_source.py"), *map(str, paths)],
            env=screen.place.env(),
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Drag":
        self._hear("ready")
        source = self.screen.window("Files to drag")
        # Beside the app, which stands at the left of the screen.
        self.screen.put(source, 1440, 700)
        self.screen.origin(self._app)
        self.screen.xdotool("windowactivate", "--sync", source)
        self.screen.xdotool("mousemove", "--window", source, 60, 60)
        time.sleep(0.2)
        self.screen.xdotool("mousedown", 1)
        return self

    def over(self, x: float, y: float) -> None:
        """Holds the files over a point of the app's page."""
        left, top = self.screen.origin(self._app)
        self.screen.glide(round(left + x), round(top + y))
        # The app asks what is dragged only while the pointer moves.
        for nudge in (1, -1, 1, -1):
            time.sleep(0.05)
            self.screen.xdotool("mousemove_relative", "--", nudge, 0)

    def away(self) -> None:
        """Takes the files out of the app's window again."""
        self.screen.glide(1560, 600)

    def drop(self) -> None:
        self.screen.xdotool("mouseup", 1)
        self._hear("done")

    def _hear(self, word: str) -> None:
        """Waits until the other program says so."""
        heard, _, _ = select.select([self._source.stdout], [], [], 60)
        assert heard, f"in vain: the other program says {word}"
        assert self._source.stdout.readline().strip() == word

    def __exit__(self, *_) -> None:
        self.screen.xdotool("mouseup", 1)
        self._source.terminate()
        self._source.wait(timeout=10)
        self._source.stdout.close()
