"""The command line's own words in Chinese (用法): help that is laid out alike everywhere, errors that say what to do.

Refuses to print a usage error without the way to the help page.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

#: argparse's English messages, from Python 3.11 to 3.14
_MESSAGES: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (?P<names>.+)", "缺少参数：{names}"),
    (r"one of the arguments (?P<all>.+) is required", "要写其中一个：{all}"),
    (r"argument (?P<name>\S+): not allowed with argument (?P<value>\S+)", "{name} 和 {value} 不能同时写"),
    (r"unrecognized arguments: (?P<names>.+)", "不认识的参数：{names}"),
    (
        r"argument (?P<name>\S+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<all>.+)\)",
        "{name} 不能是“{value}”，可以是 {all}",
    ),
    (r"argument (?P<name>\S+): expected one argument", "{name} 后面要写一个值"),
    (r"argument (?P<name>\S+): expected at least one argument", "{name} 后面至少要写一个值"),
    (r"argument (?P<name>\S+): ignored explicit argument '?(?P<value>.*?)'?", "{name} 后面不能写值，却写了“{value}”"),
    (r"ambiguous option: (?P<name>\S+) could match (?P<all>.+)", "{name} 不够明确，可能是 {all}"),
    (r"argument (?P<name>\S+): (?P<said>[\u4e00-\u9fff].*)", "{name} {said}"),
)


def in_chinese(message: str) -> str:
    """An argparse message in Chinese; one that is not known stays as it is."""
    for pattern, words in _MESSAGES:
        if found := re.fullmatch(pattern, message):
            values = {name: _plain(name, value) for name, value in found.groupdict().items()}
            return words.format(**values)
    return message


def _plain(name: str, value: str) -> str:
    return "、".join(part.strip(" '") for part in re.split(",| (?=--)", value)) if name == "all" else value


class Formatter(argparse.RawDescriptionHelpFormatter):
    """argparse's layout with 用法 in front; descriptions and examples keep their lines."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are Chinese and end with exit code 2. Options may not be shortened."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings | {"formatter_class": Formatter, "add_help": False, "allow_abbrev": False})

    def options(self, title: str = "选项") -> argparse._ArgumentGroup:
        """A group for arguments that has --help in it already."""
        group = self.add_argument_group(title)
        group.add_argument("-h", "--help", action="help", help="显示这份说明")
        return group

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}：{in_chinese(message)}\n用法见 {self.prog} --help\n")


def config_option(options: argparse._ArgumentGroup) -> None:
    """--config, as every command has it that reads accounts."""
    options.add_argument("--config", metavar="PATH", help="本地规定，默认用决算旁边或当前目录的 juesuan.toml")


def jobs_option(options: argparse._ArgumentGroup) -> None:
    """--jobs, as every command has it that reads many files."""
    options.add_argument("--jobs", metavar="N", type=_positive, help="同时处理几份文件，默认与处理器核数相同")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"应是不小于 1 的整数，写的是“{text}”")
    return int(text)
