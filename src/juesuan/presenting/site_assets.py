"""Style and script of a site (站点的样式和脚本), beside those of the account page. Refuses anything that asks for a network."""

from __future__ import annotations

from importlib.resources import files


def site_asset(name: str) -> str:
    """The text of site.css or site.js."""
    return files("juesuan.presenting").joinpath("assets", name).read_text("utf-8")
