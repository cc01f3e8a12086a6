"""The data of a bucket in the window."""

from app import WindowTest
from desk import wait_for

# A number that JavaScript cannot hold: it has to come through to the letter.
BIG = "1836486125467611137"


class Data(WindowTest):
    def editor(self):
        return self.window.one("textbox", "Data of Press kit")

    def open_data(self, text: str) -> str:
        bucket = self.bucket("Press kit")
        self.pail("data", "set", bucket, "-", stdin=text)
        self.open()
        self.tab("Data")
        self.showing(text.splitlines()[0])
        return bucket

    def showing(self, text: str) -> None:
        wait_for(lambda: text in self.window.text(self.editor()), f"data that contain {text}")

    def text(self, bucket: str) -> str:
        return self.pail("data", "show", bucket)["text"]

    def test_data_are_edited_and_saved_with_the_keyboard(self):
        bucket = self.open_data(f'{{"big": {BIG}}}')
        self.window.click(self.editor())
        self.window.keys("Control", "End")
        self.window.keys("Backspace")
        self.window.type(', "season": 1.0')
        self.window.keys("End")
        # The editor may have closed the brace by itself.
        if not self.window.text(self.editor()).rstrip().endswith("}"):
            self.window.type("}")
        self.window.keys("Control", "s")
        self.said("Saved as revision")
        self.assertEqual(self.text(bucket), f'{{"big": {BIG}, "season": 1.0}}')

    def test_what_another_program_writes_shows_by_itself(self):
        bucket = self.open_data('{"a": 1}')
        self.pail("data", "set", bucket, "-", stdin='{"written": "elsewhere"}')
        self.showing('"elsewhere"')

    def test_closing_the_window_with_unsaved_data_asks_first(self):
        self.open_data('{"a": 1}')
        self.window.click(self.editor())
        self.window.type(" ")
        self.screen.ask_to_close(self.frame)
        self.window.click(self.window.one("button", "Keep editing"))
        self.assertTrue(self.window.alive())
        self.screen.ask_to_close(self.frame)
        self.window.leave_by(self.window.one("button", "Discard changes"))
        wait_for(lambda: not self.window.alive(), "the end of the window")

    def test_a_save_over_what_another_program_wrote_meanwhile_shows_both(self):
        bucket = self.open_data('{"a": 1}')
        self.window.click(self.editor())
        self.window.keys("Control", "End")
        self.window.type(" ")
        self.pail("data", "set", bucket, "-", stdin='{"a": 2}')
        self.window.keys("Control", "s")
        dialog = self.window.one("alertdialog", "The data changed while you were editing")
        self.assertEqual(self.text(bucket), '{"a": 2}')
        self.window.click(self.window.one("button", "Keep editing", within=dialog))
        self.assertEqual(self.text(bucket), '{"a": 2}')
