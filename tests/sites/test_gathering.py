"""Which files of a folder are nobody's business: what an office writes for itself is never an account of a site."""

from __future__ import annotations

from juesuan.services.gathering import gather

OWN = ("某局-自查表.docx", "某局-自查表.txt", "某局-检查结果.json", "某局-答复与批准.json", "某局-标注.pdf")


def test_what_a_failed_build_or_a_review_leaves_is_inner() -> None:
    """No final document stands beside it, so no data package tells whose it is."""
    gathered = gather([f"in/{name}" for name in (*OWN, "某局.pdf")], "in")
    assert [one.name for one in gathered.candidates] == ["某局.pdf"]
    assert sorted(gathered.inner) == sorted(f"in/{name}" for name in OWN)
