"""Runs every check, one after the other, and says at the end what ran. Any part that fails makes the whole fail."""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

# How the tools say how much passed and failed; whatever says nothing of the kind counts as one check.
COUNTS = [
    # cargo nextest
    (re.compile(r"Summary \[.*?\] .*?(\d+) passed"), re.compile(r"Summary \[.*?\].*? (\d+) failed")),
    # cargo test
    (re.compile(r"test result: .*? (\d+) passed"), re.compile(r"test result: .*? (\d+) failed")),
    # vitest
    (re.compile(r"^ *Tests .*?(\d+) passed", re.M), re.compile(r"^ *Tests .*?(\d+) failed", re.M)),
    # the window tests
    (re.compile(r"^Window: (\d+) passed", re.M), re.compile(r"^Window: \d+ passed, (\d+) failed", re.M)),
]


@dataclass
class Part:
    name: str
    command: list[str]
    folder: Path = ROOT


@dataclass
class Result:
    name: str
    passed: int
    failed: int
    seconds: float


def parts() -> list[Part]:
    ui = ROOT / "ui"
    npm = ["npm", "run", "--silent"]
    test = ["cargo", "nextest", "run", "--no-fail-fast"] if shutil.which("cargo-nextest") else ["cargo", "test", "--no-fail-fast"]
    return [
        Part("format", ["cargo", "fmt", "--all", "--check"]),
        Part("page: types", [*npm, "check"], ui),
        Part("page: lint", [*npm, "lint"], ui),
        Part("page: tests", [*npm, "test"], ui),
        Part("licences", [sys.executable, "scripts/licences.py"]),
        Part("build", ["cargo", "build", "--locked", "--workspace"]),
        Part("engine and faces: tests", [*test, "--locked", "--workspace"]),
        Part("clippy", ["cargo", "clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        Part("page: tests in a browser", [*npm, "test:browser"], ui),
        Part("window: tests in the real application", [sys.executable, "tests/window/run.py"]),
    ]


def run(part: Part) -> Result:
    print(f"\n== {part.name}", flush=True)
    start = time.monotonic()
    process = subprocess.Popen(
        part.command, cwd=part.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    lines = []
    for line in process.stdout:
        lines.append(COLOURS.sub("", line))
        print(line, end="", flush=True)
    code = process.wait()
    passed, failed = counted("".join(lines))
    if passed + failed == 0:
        passed = int(code == 0)
    if code and not failed:
        failed = 1
    return Result(part.name, passed, failed, time.monotonic() - start)


def counted(text: str) -> tuple[int, int]:
    """What passed and failed, by the first tool that says so: what nextest shows of a test's own words counts no more."""
    for good, bad in COUNTS:
        passed, failed = (sum(map(int, pattern.findall(text))) for pattern in (good, bad))
        if passed + failed:
            return passed, failed
    return 0, 0


def main() -> int:
    if os.environ.get("CI"):
        # Logs are read as text; some tools take CI for a terminal with colours.
        os.environ.update(CARGO_TERM_COLOR="never", NO_COLOR="1")
    wanted = sys.argv[1:]
    results = [run(part) for part in parts() if not wanted or any(word in part.name for word in wanted)]
    width = max(len(result.name) for result in results)
    print("\n== What ran")
    for result in results:
        verdict = f"{result.passed} passed" + (f", {result.failed} failed" if result.failed else "")
        print(f"  {result.name:<{width}}  {result.seconds:6.1f} s  {verdict}")
    failed = sum(result.failed for result in results)
    print(f"\n{sum(result.passed for result in results)} passed, {failed} failed")
    return int(failed > 0)


sys.exit(main())
