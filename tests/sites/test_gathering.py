"""Which files of a folder are nobody's business: what an office writes for itself is never an account of a site."""

from __future__ import annotations

from pathlib import Path

from juesuan.services.gathering import gather

OWN = ("某局-自查表.docx", "某局-自查表.txt", "某局-检查结果.json", "某局-答复与批准.json", "某局-标注.pdf")


def test_what_a_failed_build_or_a_review_leaves_is_inner() -> None:
    """No final document stands beside it, so no data package tells whose it is."""
    gathered = gather([f"in/{name}" for name in (*OWN, "某局.pdf")], "in")
    assert [one.name for one in gathered.candidates] == ["某局.pdf"]
    assert sorted(gathered.inner) == sorted(f"in/{name}" for name in OWN)


def test_a_site_that_was_made_before_is_no_account(tmp_path: Path) -> None:
    site = tmp_path / "网站"
    (site / "data").mkdir(parents=True)
    (site / "site.json").write_text('{"version": 1, "files": ["data/figures.json", "index.html"]}', "utf-8")
    files = [site / "site.json", site / "data" / "figures.json", site / "index.html", site / "别的.txt"]
    gathered = gather(map(str, files), str(tmp_path))
    assert [one.name for one in gathered.candidates] == ["网站/别的.txt"]
    assert len(gathered.inner) == 3
