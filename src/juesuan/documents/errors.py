"""Why a file could not be read (读不了的原因): one class per cause, its Chinese wording inside.

Says where, what was found, what was expected and what to do. Refuses to judge what the file says: a file that was read
but is no final account is not an error of reading.
"""

from __future__ import annotations

_WANTED = "需要部门决算的 PDF、Excel 工作簿或纯文本文件（UTF-8、UTF-16 或 GB18030 编码）"


class UnreadableFile(Exception):
    """A file that cannot be read. `file` is its name as the user gave it; str() is the whole message."""

    expected = _WANTED

    def __init__(self, file: str, found: str, advice: str) -> None:
        super().__init__(f"{file}：{found}。{self.expected}。{advice}。")
        self.file = file
        self.found = found
        self.advice = advice


class MissingFile(UnreadableFile):
    """Nothing of that name."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "找不到这个文件", "请核对路径和文件名")


class Unsuited(UnreadableFile):
    """Not there, or not of the kind that is wanted at this place; `expected` says what is."""

    def __init__(self, file: str, expected: str, missing: bool = False) -> None:
        self.expected = expected
        found = "找不到这个文件" if missing else "不是这里要的文件"
        super().__init__(file, found, "请核对路径和文件名")


class NotAFile(UnreadableFile):
    """A folder, a device or a pipe."""

    def __init__(self, file: str, folder: bool) -> None:
        found, advice = (
            ("这是文件夹，不是文件", "请指明其中的文件") if folder else ("这是设备或管道，不是普通文件", "请先存成文件")
        )
        super().__init__(file, found, advice)


class ForbiddenFile(UnreadableFile):
    """The system did not let us read it."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file, f"系统不允许读取或读取中断（{reason}）", "请检查文件权限，或复制到本机后重试")


class EmptyFile(UnreadableFile):
    """No bytes, or nothing but blanks."""

    def __init__(self, file: str, size: int) -> None:
        found = f"文件只有空白（{size:,} 字节）" if size else "文件是空的（0 字节）"
        super().__init__(file, found, "请检查导出或下载是否完成，再重新提供")


class BinaryFile(UnreadableFile):
    """Not text, and of no kind that we know."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "内容不是文字（二进制数据）", "请确认没有选错文件，或另存为纯文本（.txt）后重试")


class NotYetReadable(UnreadableFile):
    """A kind of file that we know and have no reader for. `kind` is its name: PDF, Word, Excel, 图片 …"""

    def __init__(self, file: str, kind: str) -> None:
        advice = {
            "图片": "请提供文字版，扫描件先做文字识别并核对",
            "压缩包": "请先解压，再提供其中的文本文件",
        }.get(kind, "请另存为纯文本（.txt）后重试，表格的列用制表符隔开")
        super().__init__(
            file, f"这是 {kind} 文件，目前还不能读取" if kind.isascii() else f"这是{kind}，目前还不能读取", advice
        )
        self.kind = kind


class LockedFile(UnreadableFile):
    """A file that opens only with a password."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "文件有打开密码", "请提供没有密码的文件")


class DamagedFile(UnreadableFile):
    """A file of a known kind that is damaged beyond opening."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "文件已损坏，无法打开", "请重新下载，或用原软件打开后另存一份")


class UndecodableFile(UnreadableFile):
    """Text in no encoding that we know. `line` is the first line that resists."""

    def __init__(self, file: str, line: int) -> None:
        found = f"无法识别文字编码（从第 {line} 行起有许多无法解码的字节）"
        super().__init__(f"{file}:{line}", found, "请用原软件打开，另存为 UTF-8 编码的纯文本后重试")
        self.file = file
        self.line = line


class TooLarge(UnreadableFile):
    """More than the limit. `size` and `limit` in `unit`: 字节, or lines and cells together."""

    def __init__(self, file: str, size: int, limit: int, unit: str = "字节") -> None:
        found = f"文件太大（{_amount(size, unit)}，上限 {_amount(limit, unit)}）"
        super().__init__(file, found, "请按部门拆成几个文件，或确认没有选错文件")
        self.size = size
        self.limit = limit


def _amount(size: int, unit: str) -> str:
    if unit == "字节" and size >= 1 << 20:
        return f"{size / (1 << 20):,.1f} MB"
    return f"{size:,} {unit}"


class TooManyPages(UnreadableFile):
    """A file with more pages than are read."""

    expected = "一份部门决算通常不到 300 页"

    def __init__(self, file: str, pages: int, limit: int) -> None:
        super().__init__(
            file,
            f"共 {pages:,} 页，上限 {limit:,} 页",
            "请按部门拆成几个文件，或在 juesuan.toml 的 [limits] 中调高 pages",
        )
        self.pages = pages
        self.limit = limit


class TooSlow(UnreadableFile):
    """Reading and checking took longer than the limit, in seconds; it was stopped."""

    expected = "通常不到 1 秒"

    def __init__(self, file: str, limit: int) -> None:
        advice = "请用原软件打开后另存一份，或在 juesuan.toml 的 [limits] 中调高 seconds"
        super().__init__(file, f"{limit} 秒内没有查完，已停止", advice)
        self.limit = limit


class TooMuchMemory(UnreadableFile):
    """Reading and checking took more memory than the limit, in MB; it was stopped."""

    expected = "通常不到 150 MB"

    def __init__(self, file: str, limit: int) -> None:
        advice = "请用原软件打开后另存一份，或在 juesuan.toml 的 [limits] 中调高 memory"
        super().__init__(file, f"占用内存超过 {limit:,} MB，已停止", advice)
        self.limit = limit


class ReaderCrashed(UnreadableFile):
    """The process that read the file came to an end by itself; `how` says what the system tells of it."""

    expected = "其余文件不受影响"

    def __init__(self, file: str, how: str) -> None:
        advice = "文件多半已损坏：请重新下载，或用原软件打开后另存一份；仍然如此的，请把文件告诉开发者"
        super().__init__(file, f"读取它的进程意外结束（{how}）", advice)
        self.how = how


class OwnDefect(UnreadableFile):
    """Our own program failed over the file. `what` is what failed: the class of a Python error, and its words."""

    expected = "是本程序的缺陷，不是文件的问题"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(file, f"程序故障（{what}）", "请把这句话告诉开发者")
        self.what = what


class LockedForMarks(UnreadableFile):
    """A PDF that may be read, but allows no notes to be added."""

    expected = "标注要写进允许批注的 PDF"

    def __init__(self, file: str) -> None:
        super().__init__(file, "文件加了权限密码，不许在其中批注", "请提供没有加密的文件，或用 --format html 看结果")


class DamagedForMarks(UnreadableFile):
    """A PDF whose text can be read, but whose structure is not sound enough to add to it."""

    expected = "标注要写进结构完好的 PDF"

    def __init__(self, file: str) -> None:
        super().__init__(file, "文件结构有损坏，不能在其中标注", "请用原软件打开后另存一份，或用 --format html 看结果")


class ChangedForMarks(UnreadableFile):
    """The file is not what it was when it was checked."""

    expected = "标注要写进查过的那一份"

    def __init__(self, file: str) -> None:
        super().__init__(file, "检查以后文件变了", "请再检查一次")


class NotForMarks(UnreadableFile):
    """A file that is no PDF: marks need pages."""

    expected = "只能在 PDF 上标注"

    def __init__(self, file: str) -> None:
        super().__init__(file, "不是 PDF，没有标注", "请用 --format html 看结果，其中逐处标出")
