"""Files shared out of the window by links that end, opened outside of it."""

import urllib.error

import sample
from app import WindowTest, fetch
from desk import wait_for


def answer(link: str) -> int | bytes:
    """What comes of opening a link: the file, or the status of a refusal."""
    try:
        return fetch(link)
    except urllib.error.HTTPError as refused:
        return refused.code


class Sharing(WindowTest):
    def share(self, name: str) -> None:
        """Opens the dialog for a file by the keyboard."""
        self.select(name)
        self.window.keys("Control", "Shift", "s")
        self.dialog = self.window.one("dialog", f"Share {name}")

    def press(self, role: str, name: str) -> None:
        self.window.click(self.window.one(role, name, self.dialog))

    def link(self) -> str:
        """The link that the dialog shows, once it shows one."""
        field = self.window.one("textbox", "Link", self.dialog)
        return wait_for(lambda: self.window.run("return arguments[0].value;", field), "a link")

    def test_a_signed_link_opens_the_file_until_it_is_revoked(self):
        mug = self.place.make("Mug with lemons.jpg", bytes(range(256)) * 400)
        self.bucket("Client deliverables", mug)
        self.open()
        self.share("Mug with lemons.jpg")
        self.press("radio", "1 hour")
        self.press("button", "Make link")
        link = self.link()
        self.window.one("img", "QR code of the link", self.dialog)
        self.picture("share")
        self.press("button", "Copy link")
        wait_for(lambda: self.clipboard() == link, "the link on the clipboard")
        self.assertEqual(answer(link), mug.read_bytes())
        # A letter of the signature changed, or left out, opens nothing.
        other = "A" if link[-1] != "A" else "B"
        self.assertEqual(answer(link[:-1] + other), 403)
        self.assertEqual(answer(link.split("?")[0]), 404)
        [made] = self.pail("link", "list", "client-deliverables", "mug_with_lemons.jpg")
        self.assertEqual(made["expires"] // 1000 - made["created"] // 1000, 3600)
        revoke = wait_for(
            lambda: [one for one in self.window.found("button") if self.window.text(one) == "Revoke"], "Revoke"
        )
        self.window.click(revoke[0])
        self.press("button", "Revoke link")
        wait_for(lambda: isinstance(answer(link), int), "the end of the link")
        # What opens nothing any more is not given on.
        self.window.one("button", "Make link", self.dialog)
        self.window.keys("Escape")
        self.window.gone("dialog")

    def test_a_signed_link_ends_when_it_was_said_to(self):
        notes = self.place.make("Notes.txt", "for a moment")
        self.bucket("Client deliverables", notes)
        self.open()
        self.share("Notes.txt")
        self.press("radio", "Other")
        self.press("combobox", "Works until, unit")
        self.window.click(self.window.one("option", "minutes"))
        self.window.write(self.window.one("textbox", "Works until", self.dialog), "0.5")
        self.press("radio", "Download")
        self.press("button", "Make link")
        link = self.link()
        self.assertEqual(answer(link), b"for a moment")
        wait_for(lambda: isinstance(answer(link), int), "the end of the link", seconds=90)

    def test_where_links_need_a_signature_copying_offers_one_and_pictures_show_all_the_same(self):
        picture = self.place.make("Mug.png", sample.picture((200, 210, 220), (240, 210, 80), 48, 32))
        bucket = self.bucket("Press kit", picture)
        self.pail("bucket", "update", bucket, "--permalink", "signed")
        self.open()
        self.select("Mug.png")
        widths = "return [...document.images].filter((one) => one.alt === 'Mug.png').map((one) => one.naturalWidth);"
        wait_for(lambda: self.window.run(widths) == [48], "the preview of Mug.png")
        self.window.keys("Control", "Shift", "c")
        self.said("Links of this bucket need a signature, so none was copied")
        self.window.click(self.window.one("button", "Make signed link"))
        self.dialog = self.window.one("dialog", "Share Mug.png")
        self.press("button", "Make link")
        self.assertEqual(answer(self.link()), picture.read_bytes())
