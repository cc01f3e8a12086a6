"""A desk for the window to stand on: a display of its own, a window manager, a session bus, and homes that nobody else uses."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SCREEN = (1720, 1040)


def wait_for(what, said: str, seconds: float = 30.0, step: float = 0.05):
    """Asks again until the answer is neither false nor empty, and gives it; says what was waited for in vain."""
    end = time.monotonic() + seconds
    while True:
        answer = what()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"in vain for {seconds:g} s: {said}")
        time.sleep(step)


class Desk:
    """Display, window manager and session bus, for all tests of a run."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen] = []
        self.display = self._start_display()
        bus = self._start(
            ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
        )
        self.bus = bus.stdout.readline().strip()
        self._start(["openbox"], env={**os.environ, "DISPLAY": self.display})
        wait_for(self._managed, "a window manager")

    def _start(self, command: list[str], **options) -> subprocess.Popen:
        options.setdefault("stdout", subprocess.DEVNULL)
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **options)
        self._running.append(process)
        return process

    def _start_display(self) -> str:
        read, write = os.pipe()
        screen = f"{SCREEN[0]}x{SCREEN[1]}x24"
        self._start(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"],
            pass_fds=[write],
        )
        os.close(write)
        with os.fdopen(read) as answer:
            return ":" + answer.readline().strip()

    def _managed(self) -> bool:
        names = subprocess.run(
            ["xdotool", "get_num_desktops"], env={**os.environ, "DISPLAY": self.display}, capture_output=True
        )
        return names.returncode == 0

    def close(self) -> None:
        for process in reversed(self._running):
            process.terminate()
        for process in self._running:
            process.wait(timeout=10)


class Place:
    """One person's place at the desk: a home directory of their own, a Pail home in it, and what was opened for them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.path = Path(tempfile.mkdtemp(prefix="pail-window-"))
        self.home = self.path / "pail home"
        self.files = self.path / "My files"
        self.files.mkdir()
        self._opened = self.path / "opened"

    def env(self) -> dict[str, str]:
        """What programs of this person see: nothing of the home of whoever runs the tests."""
        keep = ("LANG", "LC_ALL", "TZ", "USER", "LOGNAME", "RUST_BACKTRACE")
        env = {name: os.environ[name] for name in keep if name in os.environ}
        for name in ("config", "data", "cache", "state"):
            env[f"XDG_{name.upper()}_HOME"] = str(self.path / name)
        runtime = self.path / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        return env | {
            "HOME": str(self.path),
            "PATH": f"{HERE / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "XDG_RUNTIME_DIR": str(runtime),
            "DISPLAY": self.desk.display,
            "DBUS_SESSION_BUS_ADDRESS": self.desk.bus,
            "GDK_BACKEND": "x11",
            "GSETTINGS_BACKEND": "memory",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            "PAIL_TEST_OPENED": str(self._opened),
        }

    def run(self, *command: str, **options) -> str:
        """Runs a program of this person's and gives what it printed."""
        done = subprocess.run(command, env=self.env(), capture_output=True, text=True, timeout=60, **options)
        if done.returncode:
            raise AssertionError(f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def opened(self) -> list[str]:
        """What the system was asked to open, in order."""
        return self._opened.read_text().splitlines() if self._opened.exists() else []

    def make(self, name: str, content: bytes | str) -> Path:
        """A file among the person's files."""
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def end_programs(self, program: Path) -> None:
        """Ends what still runs of a program that was started on this person's Pail home, and nothing else."""
        started = os.fsencode(program) + b"\0--home\0" + os.fsencode(self.home)
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if (process / "cmdline").read_bytes().startswith(started):
                    os.kill(int(process.name), signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError):
                continue

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
