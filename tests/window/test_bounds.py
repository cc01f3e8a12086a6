"""What the page must not be able to do, even if something foreign ran in it."""

import time

from app import WindowTest


class Bounds(WindowTest):
    def invoked(self, command: str, arguments: dict) -> str:
        """What calling a command from the page gives, in words."""
        return self.window.run_async(
            "const [command, given, done] = arguments; window.__TAURI_INTERNALS__.invoke(command, given)"
            ".then((answer) => done(`answered ${answer}`), (error) => done(String(error.message ?? error)));",
            command,
            arguments,
        )

    def test_the_page_stays_where_it_is(self):
        self.open()
        ways = (
            "location.href = 'https://example.org/';",
            "const link = document.createElement('a'); link.href = 'http://127.0.0.1:7245/'; link.click();",
        )
        for way in ways:
            self.window.run(way)
            time.sleep(0.5)
            self.assertEqual(self.window.run("return location.href;"), "tauri://localhost")
        self.assertEqual(self.window.run("return String(window.open('https://example.org/'));"), "null")

    def test_the_framework_s_own_commands_are_out_of_reach(self):
        self.open()
        for command in ("plugin:window|close", "plugin:event|emit", "plugin:path|resolve", "plugin:webview|print"):
            self.assertIn("not allowed", self.invoked(command, {}))

    def test_only_web_addresses_are_handed_to_the_browser(self):
        self.open()
        self.assertIn("begin with http", self.invoked("open_link", {"url": "file:///etc/passwd"}))
        self.assertEqual(self.place.opened(), [])
        self.assertEqual(self.invoked("open_link", {"url": "https://example.org/"}), "answered null")
        self.assertEqual(self.place.opened(), ["https://example.org/"])

    def test_a_foreign_script_does_not_run(self):
        self.open()
        self.window.run(
            "const script = document.createElement('script'); script.textContent = 'window.foreign = true;';"
            "document.body.append(script);"
            "const frame = document.createElement('img'); frame.setAttribute('onerror', 'window.foreign = true');"
            "frame.src = 'data:,'; document.body.append(frame);"
        )
        time.sleep(0.3)
        self.assertFalse(self.window.run("return window.foreign === true;"))
        forbidden = self.window.run("return window.forbidden.splice(0).map((line) => line.split(' ')[0]);")
        self.assertIn("script-src-elem", forbidden)

    def test_a_right_click_opens_no_browser_s_menu(self):
        self.open()
        self.assertFalse(
            self.window.run(
                "return document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));"
            )
        )
