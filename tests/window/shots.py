"""Pictures of the main states of the real window, light, dark and narrow. Run by `make screenshots`."""

import json

import sample
from app import WindowTest
from desk import wait_for


class Shots(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.files = sample.make(self.place.files / "Studio")

    def studio(self) -> str:
        """A home with three buckets; the id of the first."""
        bucket = self.bucket("Client deliverables", *self.files, icon="package-check", max_file_size=1 << 30)
        self.pail("bucket", "update", bucket, "--notes", "Signed-off work for Halden. Clients get links from here.")
        self.pail("data", "set", bucket, "-", stdin=json.dumps(sample.COLOURS, indent=2) + "\n")
        pictures = [path for path in self.files if path.suffix == ".png"]
        self.bucket("Product photos", *pictures, icon="camera")
        self.bucket("Invoices 2026", icon="receipt")
        newer = self.place.make("newer/Mug with lemons.png", sample.picture((200, 206, 214), (240, 214, 90)))
        self.pail("file", "put", bucket, newer)
        return bucket

    def open_bucket(self, **options) -> None:
        self.open(**options)
        (button,) = [
            one for one in self.window.found("button") if self.window.text(one).startswith("Client deliverables")
        ]
        self.window.click(button)
        self.row("Mug with lemons.png")

    def colours(self, theme: str) -> None:
        """Light or dark, by the same command that Settings gives."""
        self.window.run_async(
            "const [theme, done] = arguments; window.__TAURI_INTERNALS__"
            ".invoke('run_command', { name: 'workspace_update', payload: { theme } }).then(done, done);",
            theme,
        )
        wait_for(
            lambda: self.window.run("return document.documentElement.dataset.theme ?? 'system';") == theme,
            f"the {theme} colours",
        )

    def light_and_dark(self, name: str) -> None:
        for theme in ("light", "dark"):
            self.colours(theme)
            self.picture(f"{name}-{theme}")

    def test_first_start(self):
        self.open()
        self.light_and_dark("first-start")

    def test_files(self):
        self.studio()
        self.open_bucket()
        self.select("Mug with lemons.png")
        wait_for(
            lambda: self.window.run("return [...document.images].every((one) => one.complete);"), "all previews"
        )
        self.light_and_dark("files")

    def test_files_in_a_narrow_window(self):
        self.studio()
        self.open_bucket(size=(720, 480))
        self.light_and_dark("narrow")

    def test_data(self):
        self.studio()
        self.open_bucket()
        self.tab("Data")
        self.window.one("textbox", "Data of Client deliverables")
        self.light_and_dark("data")

    def test_settings_of_a_bucket(self):
        self.studio()
        self.open_bucket()
        self.tab("Settings")
        self.window.one("textbox", "Title")
        self.light_and_dark("bucket-settings")

    def test_new_bucket(self):
        self.studio()
        self.open_bucket()
        self.window.click(self.window.one("button", "New bucket"))
        self.window.write(self.window.one("textbox", "Title"), "Press kit")
        self.light_and_dark("new-bucket")

    def test_files_over_the_window(self):
        bucket = self.studio()
        self.pail("bucket", "update", bucket, "--max-file-size", "100000")
        self.open_bucket()
        # Another file than the one that is there already, and than the one it comes with: the person chooses.
        meeting = self.place.make("elsewhere/READ ME FIRST.md", "# Another one")
        with self.drag(*self.files, meeting) as drag:
            drag.over(600, 420)
            wait_for(lambda: "refused" in self.window.run("return document.body.innerText;"), "the verdicts")
            self.picture("drop-light")
            drag.drop()
        wait_for(lambda: self.window.found("dialog") or self.window.found("alertdialog"), "the choices")
        self.picture("drop-choices-light")

    def test_trash(self):
        bucket = self.studio()
        self.pail("file", "delete", bucket, "read_me_first.md")
        self.open_bucket()
        (trash,) = [one for one in self.window.found("button") if self.window.text(one).startswith("Trash")]
        self.window.click(trash)
        self.light_and_dark("trash")
