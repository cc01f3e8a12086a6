"""Every crate and every npm package that Pail is built from comes from its registry and carries a licence of deny.toml."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = set(tomllib.loads((ROOT / "deny.toml").read_text())["licenses"]["allow"])
# Packages whose registry entry names no licence, and what their LICENSE file says.
READ_IN_LICENSE_FILE = {"node_modules/svelte-toolbelt": "MIT"}
CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"


def allowed(expression: str | None) -> bool:
    """Whether an SPDX expression can be met: OR needs one side, AND both."""
    if not expression:
        return False
    words = re.findall(r"\(|\)|[^()\s/]+|/", expression)
    value, rest = either(words)
    return value and not rest


def either(words: list[str]) -> tuple[bool, list[str]]:
    value, words = both(words)
    while words and words[0] in ("OR", "/"):
        other, words = both(words[1:])
        value = value or other
    return value, words


def both(words: list[str]) -> tuple[bool, list[str]]:
    value, words = one(words)
    while words and words[0] == "AND":
        other, words = one(words[1:])
        value = value and other
    return value, words


def one(words: list[str]) -> tuple[bool, list[str]]:
    if words[0] == "(":
        value, words = either(words[1:])
        return value, words[1:]
    name, words = words[0], words[1:]
    if words[:1] == ["WITH"]:
        name, words = f"{name} WITH {words[1]}", words[2:]
        # An exception only ever allows more than the licence it is to.
        return name in ALLOWED or name.split()[0] in ALLOWED, words
    return name in ALLOWED, words


def crates() -> list[str]:
    """What is wrong with the crates, for every system at once."""
    answer = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked"], cwd=ROOT, capture_output=True, text=True
    )
    if answer.returncode:
        return [answer.stderr.strip()]
    wrong = []
    for package in json.loads(answer.stdout)["packages"]:
        who = f"{package['name']} {package['version']}"
        if not allowed(package["license"]):
            wrong.append(f"{who}: {package['license'] or 'no licence'}")
        if package["source"] not in (None, CRATES_IO):
            wrong.append(f"{who}: from {package['source']}")
    return wrong


def npm() -> list[str]:
    """What is wrong with the npm packages that the page carries (what only builds it is not handed on)."""
    lock = json.loads((ROOT / "ui/package-lock.json").read_text())
    wrong = []
    for place, package in lock["packages"].items():
        if not place or package.get("dev") or package.get("link"):
            continue
        licence = package.get("license") or READ_IN_LICENSE_FILE.get(place)
        if not allowed(licence):
            wrong.append(f"{place}: {licence or 'no licence'}")
    return wrong


def main() -> int:
    wrong = crates() + npm()
    for line in wrong:
        print(f"Not among the licences and sources of deny.toml: {line}")
    return int(bool(wrong))


sys.exit(main())
