"""Links copied in the window, opened outside of it."""

import sample
from app import WindowTest, fetch
from desk import wait_for


class Links(WindowTest):
    def copied_link(self, name: str) -> str:
        self.select(name)
        self.window.click(self.window.one("button", "Copy link"))
        self.said("Link copied")
        return self.clipboard()

    def test_a_copied_link_downloads_the_file_byte_for_byte(self):
        mug = self.place.make("Mug with lemons.jpg", bytes(range(256)) * 4000)
        self.bucket("Client deliverables", mug)
        self.open()
        link = self.copied_link("Mug with lemons.jpg")
        self.assertRegex(link, r"^http://127\.0\.0\.1:\d+/files/bucket/b[0-9a-z]+/[^/]{20,}/mug_with_lemons\.jpg$")
        self.assertEqual(fetch(link), mug.read_bytes())

    def test_a_replaced_file_keeps_its_link(self):
        mug = self.place.make("Mug with lemons.jpg", b"first")
        self.bucket("Client deliverables", mug)
        self.open()
        link = self.copied_link("Mug with lemons.jpg")
        self.assertEqual(fetch(link), b"first")
        mug.write_bytes(b"second, and longer")
        self.drop(mug)
        self.said("is now version 2")
        self.assertEqual(fetch(link), b"second, and longer")
        self.assertEqual(self.copied_link("Mug with lemons.jpg"), link)

    def test_the_inspector_shows_a_picture_through_its_link(self):
        self.bucket("Photos", self.place.make("Mug.png", sample.picture((200, 210, 220), (240, 210, 80), 48, 32)))
        self.open()
        self.select("Mug.png")
        widths = "return [...document.images].filter((one) => one.alt === 'Mug.png').map((one) => one.naturalWidth);"
        wait_for(lambda: self.window.run(widths) == [48], "the preview of Mug.png")
