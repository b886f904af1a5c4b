"""What pip installs is whole: every data file goes along, and the command runs from it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_nothing_is_left_behind(unpacked: Path) -> None:
    files = [path.relative_to(SOURCE) for path in SOURCE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert [name.as_posix() for name in files if not (unpacked / name).is_file()] == []


def test_the_command_runs_from_what_was_built(unpacked: Path) -> None:
    helped = run("-m", "juesuan", "--help", PYTHONPATH=str(unpacked))
    assert helped.returncode == 0, helped.stderr
    assert "check" in helped.stdout


def test_the_main_job_runs_from_what_was_built(unpacked: Path) -> None:
    example = "examples/xigang-office-2024.txt"
    checked = run("-m", "juesuan", "check", example, "--fail-on", "never", PYTHONPATH=str(unpacked))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "xigang-office-2024.txt" in checked.stdout
