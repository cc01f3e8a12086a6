"""Keys made and revoked in the window, used outside of it; who can do what, and why."""

import urllib.error
import urllib.request

from app import WindowTest
from desk import wait_for


class Access(WindowTest):
    def status(self, path: str, key: str) -> int:
        """How the window's own server answers a program with that key."""
        request = urllib.request.Request(self.pail("workspace", "show")["server"] + path, headers={"X-API-Key": key})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def test_a_key_made_in_the_window_lets_a_program_in_until_it_is_revoked(self):
        self.bucket("Client deliverables")
        window = self.open()
        window.click(window.one("button", "Access"))
        window.click(window.one("button", "Make key"))
        dialog = window.one("dialog", "Make key")
        window.write(window.one("textbox", "Name", dialog), "Nightly upload")
        self.picture("access-make-key")
        window.click(window.one("button", "Make key", dialog))
        secret = window.one("dialog", "Key for Nightly upload")
        window.click(window.one("button", "Copy key", secret))
        self.said("Key copied")
        key = self.clipboard()
        self.assertRegex(key, r"^pail_[\w-]{43}$")
        window.click(window.one("button", "Done", secret))
        window.gone("dialog", "Key for Nightly upload")

        self.assertEqual(self.status("/api/buckets/v1/buckets", key), 200)
        self.assertEqual(self.status("/api/buckets/v1/buckets", key[:-1] + ("A" if key[-1] != "A" else "B")), 401)

        window.click(window.one("button", "Revoke Nightly upload"))
        window.click(window.one("button", "Revoke key"))
        self.said("Nightly upload revoked")
        self.assertEqual(self.status("/api/buckets/v1/buckets", key), 401)

    def test_a_user_added_in_the_window_is_known_outside(self):
        window = self.open()
        window.click(window.one("button", "Access"))
        window.click(window.one("button", "Add user"))
        dialog = window.one("dialog", "Add user")
        window.write(window.one("textbox", "Name", dialog), "Nora Lind")
        window.click(window.one("textbox", "Groups", dialog))
        window.type("team:print,")
        window.click(window.one("button", "Add user", dialog))
        self.said("Nora Lind added")
        self.picture("access-users")
        users = {one["name"]: one for one in self.pail("user", "list")}
        self.assertEqual((users["Nora Lind"]["role"], users["Nora Lind"]["groups"]), ("member", ["team:print"]))

    def test_who_can_tells_of_somebody_and_a_file_and_why(self):
        report = self.place.make("report.txt", "quarterly")
        self.pail("user", "create", "Nora Lind", "--group", "team:print")
        bucket = self.bucket("Invoices", report)
        self.pail("bucket", "update", bucket, "--policy", "rules", "--read", "isMemberOf('team', 'print')")
        window = self.open()
        self.tab("Access")
        window.one("heading", "Who can?")

        def answers() -> list[str]:
            found = window.run("return document.querySelector('dl[aria-label=\"What they may do\"]')?.innerText ?? '';")
            return [line for line in found.split("\n") if line.strip() in ("Yes", "No")]

        wait_for(lambda: answers() == ["No", "No", "No"], "nobody may do anything")
        window.click(window.one("combobox", "Somebody"))
        window.click(window.one("option", "Nora Lind"))
        wait_for(lambda: answers() == ["Yes", "No", "No"], "Nora may read and no more")
        window.click(window.one("combobox", "File"))
        window.type("report")
        window.click(window.one("option", "report.txt"))
        wait_for(lambda: answers() == ["Yes", "No", "No"], "the same of the file")
        window.run("document.querySelector('dl[aria-label=\"What they may do\"]').scrollIntoView();")
        self.picture("access-who-can")
