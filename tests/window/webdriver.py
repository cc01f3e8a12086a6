"""As much of the WebDriver protocol as the window needs, through tauri-driver and WebKitWebDriver."""

import http.client
import json
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path

from desk import HERE, ROOT, Place, wait_for

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
FIND = (HERE / "find.js").read_text()
KEYS = {
    "Enter": "\ue007", "Escape": "\ue00c", "Delete": "\ue017", "Backspace": "\ue003", "Tab": "\ue004",
    "Control": "\ue009", "Shift": "\ue008", "Alt": "\ue00a",
    "Down": "\ue015", "Up": "\ue013", "Home": "\ue011", "End": "\ue010", "F2": "\ue032",
}  # fmt: skip


class Refused(Exception):
    """The driver's own error, such as an element that has gone."""


class Driver:
    """The app, driven: from its start to its end."""

    def __init__(self, place: Place, program: Path, arguments: list[str], log: Path) -> None:
        port, native = free_ports(2)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._log = log.open("wb")
        driver = ROOT / "target/tools/bin/tauri-driver"
        self._process = subprocess.Popen(
            [driver, "--port", str(port), "--native-port", str(native), "--native-driver", "/usr/bin/WebKitWebDriver"],
            env=place.env(),
            stdout=self._log,
            stderr=subprocess.STDOUT,
            cwd=place.path,
        )
        self._session = None
        try:
            wait_for(self._answers, "tauri-driver", step=0.02)
            options = {"application": str(program), "args": arguments}
            answer = self._send("POST", "/session", {"capabilities": {"alwaysMatch": {"tauri:options": options}}})
            self._session = answer["sessionId"]
        except BaseException:
            self.close()
            raise

    def _answers(self) -> bool:
        try:
            self._send("GET", "/status")
            return True
        except (OSError, http.client.HTTPException, Refused):
            self._connection.close()
            return False

    def _send(self, method: str, path: str, body: dict | None = None):
        # One connection for all requests: tauri-driver passes `Connection: close` on and then trips over it.
        text = None if body is None else json.dumps(body)
        self._connection.request(method, path, text, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        value = (json.loads(answer.read() or b"{}") or {}).get("value")
        if answer.status != 200:
            raise Refused(f"{value.get('error')}: {value.get('message')}" if value else f"status {answer.status}")
        return value

    def _ask(self, method: str, path: str, body: dict | None = None):
        return self._send(method, f"/session/{self._session}{path}", body)

    def run(self, script: str, *arguments):
        """Runs a script in the page and gives its answer."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script: str, *arguments):
        """The same; the script calls its last argument with the answer."""
        return self._ask("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def found(self, role: str, name: str | None = None, within=None) -> list[dict]:
        """What a screen reader would find now: everything visible of that role and accessible name."""
        return self.run(FIND + "\nreturn find(...arguments);", role, name, within)

    def one(self, role: str, name: str | None = None, within=None, seconds: float = 15.0) -> dict:
        """The only element of that role and name; waits until it is there."""
        said = f"{role} “{name}”" if name else role

        def look():
            elements = self.found(role, name, within)
            assert len(elements) < 2, f"{len(elements)} times {said}"
            return elements

        return wait_for(look, said, seconds)[0]

    def gone(self, role: str, name: str | None = None, seconds: float = 15.0) -> None:
        """Waits until there is no such element any more."""
        wait_for(lambda: not self.found(role, name), f"no {role} “{name}”", seconds)

    def click(self, element: dict) -> None:
        """Clicks it, as soon as nothing that still moves lies over it."""

        def clicked() -> bool:
            try:
                self._ask("POST", f"/element/{element[ELEMENT]}/click", {})
            except Refused as refused:
                if "intercepted" not in str(refused):
                    raise
                return False
            return True

        wait_for(clicked, "a click that arrives")

    def leave_by(self, element: dict) -> None:
        """Clicks something that ends the app, which then may not answer any more."""
        try:
            self.click(element)
        except (OSError, http.client.HTTPException, Refused):
            pass

    def double_click(self, element: dict) -> None:
        move = {"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": element}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._perform([{"type": "pointer", "id": "mouse", "actions": [move, *press, *press]}])

    def write(self, element: dict, text: str) -> None:
        """Types into a field, over what stands there."""
        self._ask("POST", f"/element/{element[ELEMENT]}/clear", {})
        self._ask("POST", f"/element/{element[ELEMENT]}/value", {"text": text})

    def keys(self, *chord: str) -> None:
        """Presses keys together, such as Control and s, and lets go of them."""
        keys = [KEYS.get(key, key) for key in chord]
        down = [{"type": "keyDown", "value": key} for key in keys]
        up = [{"type": "keyUp", "value": key} for key in reversed(keys)]
        self._perform([{"type": "key", "id": "keyboard", "actions": down + up}])

    def type(self, text: str) -> None:
        """Types where the focus is."""
        actions = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self._perform([{"type": "key", "id": "keyboard", "actions": actions}])

    def _perform(self, actions: list[dict]) -> None:
        self._ask("POST", "/actions", {"actions": actions})
        self._ask("DELETE", "/actions")

    def middle(self, element: dict) -> tuple[float, float]:
        """The middle of an element, in the page's pixels."""
        script = "const box = arguments[0].getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2];"
        x, y = self.run(script, element)
        return x, y

    def text(self, element: dict) -> str:
        return self.run("return arguments[0].innerText;", element)

    def alive(self) -> bool:
        """Whether the app still runs."""
        try:
            return self.run("return true;")
        except (OSError, http.client.HTTPException, Refused):
            return False

    def close(self) -> None:
        try:
            if self._session:
                self._ask("DELETE", "")
        except (OSError, http.client.HTTPException, Refused):
            # The app may have closed by itself, which some tests are about.
            pass
        finally:
            self._process.terminate()
            self._process.wait(timeout=10)
            self._connection.close()
            self._log.close()


def free_ports(count: int) -> list[int]:
    """Different ones: each is held until all are found."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
