"""What all tests share: the folder of real accounts, and random examples that are the same in every run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

VARIABLE = "JUESUAN_REAL"
REAL_FILES = (
    "xigang-office-2024.txt",
    "putuo-social-work-2024.txt",
    "putuo-culture-2025.txt",
    "putuo-social-work-2024-tables/totals.csv",
)

settings.register_profile("fixed", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("fixed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the folder is a test on real files: `-m "not real"` leaves it out."""
    for item in items:
        if "real" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.real)


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real published accounts; without the variable the test is skipped, without its files it fails."""
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"未设置 {VARIABLE}（真实决算文本所在的文件夹），跳过读真实文件的测试")
    folder = Path(named).resolve()
    lacking = [name for name in REAL_FILES if not (folder / name).is_file()]
    if lacking:
        pytest.fail(f"{VARIABLE} 指向 {folder}，其中没有 {'、'.join(lacking)}", pytrace=False)
    return folder


@pytest.fixture(autouse=True)
def _real_where_marked(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("real"):
        request.getfixturevalue("real")
