"""Runs the tests in the real window.

Usage: run.py [screenshots] [WORD…]: all tests (or pictures), or those whose name contains one of the words.
A test that does not pass leaves a picture and a log of the window in `shots`.
"""

import sys
import time
import unittest
from pathlib import Path

import app

HERE = Path(__file__).resolve().parent


class Report(unittest.TextTestResult):
    """Takes a picture where a test stops, and says how long each took."""

    def startTest(self, test) -> None:
        self._began = time.monotonic()
        super().startTest(test)

    def addSuccess(self, test) -> None:
        unittest.TestResult.addSuccess(self, test)
        self.stream.writeln(f"passed in {time.monotonic() - self._began:.1f} s")

    def addError(self, test, err) -> None:
        self._keep(test)
        super().addError(test, err)

    def addFailure(self, test, err) -> None:
        self._keep(test)
        super().addFailure(test, err)

    def getDescription(self, test) -> str:
        return test.id().rsplit(".", 1)[-1].removeprefix("test_").replace("_", " ")

    def _keep(self, test) -> None:
        name = test.id().rsplit(".", 1)[-1]
        try:
            test.screen.picture(app.SHOTS / f"stopped-{name}.png")
        except Exception as error:  # the picture is a help; the test's own trouble is what counts
            self.stream.writeln(f"(no picture: {error})")


def chosen(words: list[str]) -> unittest.TestSuite:
    suite = unittest.TestSuite()
    pictures = words[:1] == ["screenshots"]
    words = words[pictures:]
    pattern = "shots.py" if pictures else "test_*.py"
    pending = [unittest.defaultTestLoader.discover(str(HERE), pattern=pattern)]
    while pending:
        test = pending.pop(0)
        if isinstance(test, unittest.TestSuite):
            pending = list(test) + pending
        elif not words or any(word in test.id() for word in words):
            suite.addTest(test)
    return suite


def run(suite: unittest.TestSuite) -> tuple[int, list[unittest.TestCase]]:
    """How many ran, and those that did not pass."""
    result = unittest.TextTestRunner(stream=sys.stdout, resultclass=Report, verbosity=2).run(suite)
    return result.testsRun, [test for test, _ in result.failures + result.errors]


def main() -> int:
    app.forget_shots()
    try:
        ran, broken = run(chosen(sys.argv[1:]))
        # Keys and drags go through a display and a window manager, which now and then lose one. A few tests that did not
        # pass are run once more, and that is said; what is really broken breaks again.
        if 0 < len(broken) <= 2:
            names = ", ".join(test.id().rsplit(".", 1)[-1] for test in broken)
            print(f"Once more: {names}")
            # A suite forgets its tests as it runs them: they are looked up anew.
            _, broken = run(chosen([test.id() for test in broken]))
    finally:
        app.clear_the_desk()
    print(f"Window: {ran - len(broken)} passed, {len(broken)} failed")
    return int(bool(broken) or ran == 0)


sys.exit(main())
