"""Errors of understanding, one class a cause; their text is for users."""

from __future__ import annotations


class NotAnAccount(Exception):
    """The file is no final account (决算)."""

    def __init__(self, file: str, found: str) -> None:
        super().__init__(f"{file}：{found}，不是部门决算公开文件。请提供含有决算表或决算情况说明的文件。")
