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


def main() -> int:
    app.forget_shots()
    try:
        result = unittest.TextTestRunner(stream=sys.stdout, resultclass=Report, verbosity=2).run(chosen(sys.argv[1:]))
    finally:
        app.clear_the_desk()
    failed = len(result.failures) + len(result.errors)
    print(f"Window: {result.testsRun - failed} passed, {failed} failed")
    return int(failed > 0 or result.testsRun == 0)


sys.exit(main())
