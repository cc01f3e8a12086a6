"""Buckets in the window."""

from app import WindowTest
from desk import wait_for


class Buckets(WindowTest):
    def test_a_bucket_is_created_in_the_window(self):
        window = self.open()
        window.click(window.one("button", "New bucket"))
        window.write(window.one("textbox", "Title"), "Client deliverables")
        window.click(window.one("button", "Create bucket"))
        window.one("tab", "Files")
        self.assertIn("Client deliverables", window.text(window.one("list", "Buckets")))
        (bucket,) = self.pail("bucket", "list")
        self.assertEqual((bucket["title"], bucket["slug"]), ("Client deliverables", "client-deliverables"))

    def test_a_bucket_made_by_another_program_shows_by_itself(self):
        self.bucket("Press kit")
        window = self.open()
        self.bucket("Nightly builds")
        wait_for(lambda: "Nightly builds" in window.text(window.one("list", "Buckets")), "the other program's bucket")
