"""Buckets exported and imported at places chosen in the system's dialogs."""

from app import WindowTest
from desk import wait_for


class Archive(WindowTest):
    def menu(self, act: str) -> dict:
        """Opens the dialog for an act of the workspace menu."""
        self.window.click(self.window.one("button", "Workspace"))
        self.window.click(self.window.one("menuitem", act))
        return self.window.one("dialog", f"{act} buckets")

    def at(self, dialog: dict, button: str, title: str, path: str) -> None:
        """Gives a place in the system's dialog, again if it lost a key and closed over nothing."""
        for _ in range(3):
            self.window.click(self.window.one("button", button, dialog))
            self.screen.answer(title, path)
            if wait_for(lambda: self.window.found("status", None, dialog) or self.window.found("button", button, dialog), "an end"):
                if self.window.found("status", None, dialog):
                    return
        raise AssertionError(f"in vain: {title} at {path}")

    def test_an_exported_bucket_comes_back_beside_itself_and_goes_by_undo(self):
        mug = self.place.make("Mug with lemons.jpg", bytes(range(256)) * 4000)
        bucket = self.bucket("Client deliverables", mug)
        self.pail("data", "set", bucket, "-", stdin='{"big": 1836486125467611137}')
        self.open()
        dialog = self.menu("Export")
        self.window.click(self.window.one("radio", "All buckets", dialog))
        archive = self.place.path / "pail.zip"
        self.at(dialog, "Choose place", "Export", str(archive))
        self.assertEqual(archive.read_bytes()[:2], b"PK")
        self.window.click(self.window.one("button", "Done", dialog))
        self.window.gone("dialog")
        dialog = self.menu("Import")
        self.at(dialog, "Choose archive", "Import", str(archive))
        self.picture("imported")
        self.window.click(self.window.one("button", "Open Client deliverables", dialog))
        self.row("Mug with lemons.jpg")
        [new] = [one for one in self.pail("bucket", "list") if one["id"] != bucket]
        self.assertEqual(self.pail("data", "show", new["id"])["text"], '{"big": 1836486125467611137}')
        out = self.place.path / "out"
        self.pail("file", "get", new["id"], "mug_with_lemons.jpg", "-o", out)
        self.assertEqual(out.read_bytes(), mug.read_bytes())
        self.window.keys("Control", "z")
        wait_for(lambda: [one["id"] for one in self.pail("bucket", "list")] == [bucket], "the bucket alone")

    def test_what_is_no_export_is_refused_with_words(self):
        self.bucket("Client deliverables")
        holiday = self.place.make("holiday.zip", b"no archive at all")
        self.open()
        dialog = self.menu("Import")
        self.window.click(self.window.one("button", "Choose archive", dialog))
        self.screen.answer("Import", str(holiday))
        wait_for(lambda: self.window.found("alert", None, dialog), "a refusal")
        self.window.one("button", "Choose archive", dialog)
        self.assertEqual(len(self.pail("bucket", "list")), 1)
