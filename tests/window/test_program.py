"""The program around the page: one window to a home, homes it cannot open, what it remembers."""

import sqlite3
import subprocess

from app import PROGRAM, WindowTest
from desk import wait_for


class Program(WindowTest):
    def start(self, *arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [PROGRAM, *arguments], env=self.place.env(), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait, 10)
        self.addCleanup(process.kill)
        return process

    def test_a_second_start_on_the_same_home_brings_the_first_window_to_the_front_and_ends(self):
        self.open()
        self.screen.xdotool("windowminimize", "--sync", self.frame)
        second = self.start("--home", str(self.place.home))
        self.assertEqual(second.wait(timeout=20), 0)
        wait_for(lambda: self.screen.xdotool("getactivewindow") == self.frame, "the first window at the front")

    def test_a_home_of_a_newer_pail_is_refused_in_a_sentence(self):
        self.bucket("Client deliverables")
        with sqlite3.connect(self.place.home / "pail.db") as db:
            db.execute("pragma user_version = 9999")
        db.close()
        started = self.start("--home", str(self.place.home))
        self.screen.answer("Pail cannot open")
        self.assertEqual(started.wait(timeout=10), 1)
        self.assertIn("newer", started.stderr.read())

    def test_the_window_comes_back_in_its_size(self):
        # Without the driver, which may end the application before it has written down its size.
        first = self.start("--home", str(self.place.home))
        frame = self.screen.window("Pail")
        self.screen.size(frame, 1000, 640)
        self.assertEqual(self.closed(first, frame), 0)
        second = self.start("--home", str(self.place.home))
        frame = self.screen.window("Pail")
        wait_for(lambda: self.screen.size_of(frame) == (1000, 640), "the size it had")
        self.assertEqual(self.closed(second, frame), 0)

    def closed(self, started, frame) -> int:
        """Closes a window by its key. A key that is pressed before the focus has arrived is lost; a person presses it again."""
        for _ in range(5):
            self.screen.ask_to_close(frame)
            try:
                return started.wait(timeout=5)
            except subprocess.TimeoutExpired:
                continue
        raise AssertionError("in vain: the window closes")

    def test_files_are_added_through_the_system_s_dialog(self):
        mug = self.place.make("Mug with lemons.jpg", b"mug")
        bucket = self.bucket("Client deliverables")
        self.open()
        # A dialog that lost a key may have closed over nothing; then a person asks for it again.
        for _ in range(3):
            # Where there is nothing yet, the page offers it in the middle as well.
            self.window.click(self.window.found("button", "Add files")[0])
            self.screen.answer("Add files", str(mug))
            if self.came("Mug with lemons.jpg"):
                break
        self.row("Mug with lemons.jpg")
        self.assertEqual(list(self.objects(bucket)), ["mug_with_lemons.jpg"])

    def came(self, name: str) -> bool:
        """Whether a file's row is there soon."""
        try:
            self.window.one("row", name, seconds=5)
            return True
        except AssertionError:
            return False
