"""Errors of understanding, one class a cause; their text is for users."""

from __future__ import annotations


class NotAnAccount(Exception):
    """The file is no final account (决算)."""

    def __init__(self, file: str, found: str) -> None:
        super().__init__(f"{file}：{found}，不是部门决算公开文件。请提供含有决算表或决算情况说明的文件。")
        self.file = file


class OnlyPictures(NotAnAccount):
    """Nothing of a final account can be read, and `pages` pages are pictures or have characters without a text."""

    def __init__(self, file: str, pages: int, pictures: bool) -> None:
        Exception.__init__(
            self,
            f"{file}：{pages} 页{'是图片（扫描件）' if pictures else '的字体没有对应的文字'}，没有读到决算表和决算说明。"
            "请提供文字版（由文字处理或表格软件直接导出的 PDF）；扫描件请先做文字识别并核对。",
        )
        self.file = file
