"""Files dropped into the window out of another program's."""

from app import WindowTest
from desk import wait_for


class Drop(WindowTest):
    def test_dropped_files_and_folders_come_in_byte_for_byte(self):
        mug = self.place.make("Mug with lemons.jpg", bytes(range(256)) * 40)
        notes = self.place.make("Résumé (Final) 2025.PDF", "%PDF-1.4 notes")
        self.place.make("Print masters/Cover 1.txt", "cover")
        inner = self.place.make("Print masters/inner pages/Page 2.txt", "page two")
        bucket = self.bucket("Client deliverables")
        self.open()
        self.drop(mug, notes, inner.parent.parent)
        self.row("Mug with lemons.jpg")
        self.row("Résumé (Final) 2025.PDF")
        self.row("Print masters")
        keys = set(self.objects(bucket))
        self.assertEqual(
            keys,
            {
                "mug_with_lemons.jpg",
                "r_sum_final_2025.pdf",
                "print_masters/cover_1.txt",
                "print_masters/inner_pages/page_2.txt",
            },
        )
        out = self.place.path / "out"
        self.pail("file", "get", bucket, "mug_with_lemons.jpg", "-o", out)
        self.assertEqual(out.read_bytes(), mug.read_bytes())

    def test_files_show_their_verdict_before_they_are_dropped_and_leave_nothing_when_they_are_not(self):
        small = self.place.make("Small.txt", "small")
        large = self.place.make("Large.bin", bytes(5000))
        bucket = self.bucket("Small things", max_file_size=1000)
        self.open()
        with self.drag(small, large) as drag:
            drag.over(600, 420)
            wait_for(lambda: "Large.bin" in self.page() and "1 refused" in self.page(), "the verdicts")
            self.picture("hovering")
            drag.away()
            wait_for(lambda: "1 refused" not in self.page(), "the end of the verdicts")
            drag.drop()
        self.assertEqual(self.objects(bucket), {})

    def test_a_refused_file_is_named_with_its_reason_while_the_others_come_in(self):
        small = self.place.make("Small.txt", "small")
        large = self.place.make("Large.bin", bytes(5000))
        bucket = self.bucket("Small things", max_file_size=1000)
        self.open()
        self.drop(large, small)
        self.row("Small.txt")
        wait_for(lambda: "Large.bin" in self.page() and "over the limit" in self.page(), "the refusal of Large.bin")
        self.picture("refused")
        self.assertEqual(list(self.objects(bucket)), ["small.txt"])

    def test_files_whose_names_meet_wait_for_the_person_while_the_others_come_in(self):
        first = self.place.make("one/Notes.txt", "first")
        second = self.place.make("other/NOTES.TXT", "second")
        plain = self.place.make("Plain.txt", "plain")
        bucket = self.bucket("Notes")
        self.open()
        self.drop(first, second, plain)
        self.row("Plain.txt")
        self.window.click(self.window.one("radio", "Keep both"))
        self.window.click(self.window.one("button", "Add 1 file"))
        wait_for(lambda: len(self.objects(bucket)) == 3, "all three files")
        self.assertEqual(set(self.objects(bucket)), {"notes.txt", "notes-2.txt", "plain.txt"})

    def page(self) -> str:
        return self.window.run("return document.body.innerText;")
