"""What a person does with a file in the window."""

import os
import stat
from pathlib import Path

from app import WindowTest
from desk import wait_for


class Files(WindowTest):
    def open_with(self, name: str, content: bytes) -> str:
        bucket = self.bucket("Client deliverables", self.place.make(name, content))
        self.open()
        self.select(name)
        return bucket

    def test_undo_brings_a_deleted_file_back(self):
        bucket = self.open_with("Voice-over final.wav", b"sound")
        self.window.keys("Delete")
        self.window.gone("row", "Voice-over final.wav")
        self.assertEqual(self.objects(bucket), {})
        self.window.click(self.window.one("button", "Undo"))
        self.row("Voice-over final.wav")
        self.assertEqual(list(self.objects(bucket)), ["voice-over_final.wav"])

    def test_enter_opens_a_read_only_copy_with_the_system_s_program(self):
        bucket = self.open_with("Read me first.md", b"# Hello")
        self.window.keys("Enter")
        (copy,) = self.opened()
        self.assertEqual((copy.name, copy.read_bytes()), ("Read me first.md", b"# Hello"))
        self.assertFalse(copy.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
        self.assertEqual(self.objects(bucket)["read_me_first.md"]["version"], 1)

    def test_a_double_click_opens_too(self):
        self.open_with("Read me first.md", b"# Hello")
        self.window.double_click(self.row("Read me first.md"))
        (copy,) = self.opened()
        self.assertEqual(copy.read_bytes(), b"# Hello")

    def test_each_save_of_an_edited_file_becomes_a_version_even_when_it_is_saved_by_renaming(self):
        bucket = self.open_with("Read me first.md", b"# Hello")
        self.window.click(self.window.one("button", "Edit"))
        (copy,) = self.opened()
        save_by_renaming(copy, b"# Hello again")
        self.version(bucket, "read_me_first.md", 2)
        save_by_renaming(copy, b"# Hello once more")
        self.version(bucket, "read_me_first.md", 3)
        out = self.place.path / "out"
        self.pail("file", "get", bucket, "read_me_first.md", "-o", out)
        self.assertEqual(out.read_bytes(), b"# Hello once more")
        wait_for(lambda: "v3" in self.window.text(self.row("Read me first.md")), "v3 in the row")

    def test_a_file_is_saved_where_the_person_says_under_the_name_it_came_with(self):
        self.open_with("Price list Q1 2027.xlsx", b"prices")
        self.window.click(self.window.one("button", "More for Price list Q1 2027.xlsx"))
        self.window.click(self.window.one("menuitem", "Save as"))
        self.screen.answer("Save as")
        saved = self.place.path / "Price list Q1 2027.xlsx"
        wait_for(saved.exists, "the saved file")
        self.assertEqual(saved.read_bytes(), b"prices")

    def version(self, bucket: str, key: str, number: int) -> None:
        wait_for(lambda: self.objects(bucket)[key]["version"] == number, f"version {number} of {key}")


def save_by_renaming(path: Path, content: bytes) -> None:
    """As editors do: write another file beside it, and put that in its place."""
    beside = path.with_name(f".{path.name}.swp~")
    beside.write_bytes(content)
    os.replace(beside, path)
