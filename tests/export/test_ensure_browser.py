"""The script that finds or installs a browser for the tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "ensure-browser"


def run(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", SCRIPT], env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def test_a_browser_that_is_there_is_found(tmp_path: Path) -> None:
    browser = tmp_path / "google-chrome"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (0, f"browser: {browser}\n")


def test_where_nothing_can_be_installed_it_says_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0
    assert "install Chromium or Chrome" in done.stderr
