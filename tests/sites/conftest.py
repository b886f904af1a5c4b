"""One site for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.services.sites import Written
from tests.sites.made import fill, make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Written]:
    """(the folder of the accounts, the site, what was done)."""
    folder, output = tmp_path_factory.mktemp("accounts"), tmp_path_factory.mktemp("site") / "out"
    fill(folder)
    return folder, output, make(folder, output)
