"""What the system says (系统的话): an error of the operating system in Chinese, by its number.

Refuses to pass on the system's own words, which are English on most machines: what is not known is told by its number.
"""

from __future__ import annotations

import errno

# by name: not every system has every number
_WORDS = {
    "ENOENT": "没有这个文件或目录",
    "EACCES": "没有权限",
    "EPERM": "系统不允许",
    "EROFS": "磁盘只能读，不能写",
    "EEXIST": "已有同名文件",
    "EISDIR": "是一个目录",
    "ENOTDIR": "路径中间有一段是文件，不是目录",
    "ENOTEMPTY": "目录不是空的",
    "ENOSPC": "磁盘已满",
    "EDQUOT": "超出了磁盘配额",
    "EFBIG": "文件太大",
    "ENAMETOOLONG": "名称太长",
    "EINVAL": "名称或路径不合规定",
    "ELOOP": "链接绕成了圈",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "EBUSY": "正被别的程序使用",
    "ETXTBSY": "正被别的程序使用",
    "EIO": "读写磁盘出错",
    "ENODEV": "没有这个设备",
    "ENXIO": "没有这个设备",
    "EXDEV": "不在同一个磁盘上",
    "ETIMEDOUT": "等得太久，没有答复",
    "EPIPE": "接收的一方已关闭",
}


def said(error: OSError) -> str:
    """Why the system refused, in Chinese, without a full stop."""
    if error.errno is None:
        return "系统没有说明原因"
    return _WORDS.get(errno.errorcode.get(error.errno, ""), f"系统错误 {error.errno}")
