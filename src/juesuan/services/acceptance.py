"""Acceptances (接受): findings that someone has looked at and lets stand, with the reason, in a file of their own.

`FILE.accepted.toml`, beside the account, is written by `juesuan accept` and may be edited by hand. An acceptance holds
while the check, the figure and what is printed stay the same, wherever the lines move. Refuses an acceptance without a
reason, and one that would hold for another finding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from juesuan.model.findings import Finding, Result
from juesuan.model.fingerprints import Fingerprint, fingerprints, handles
from juesuan.model.reports import Report
from juesuan.presenting.files import write_whole
from juesuan.presenting.telling import figures
from juesuan.services.handmade import BadFile, Handmade

SUFFIX = ".accepted.toml"
HEAD = """\
# 已接受的问题（juesuan accept 写入，可以手工修改 why，删去一段即撤销）
# 按检查编号、指标和印出的数认定，行号变动不影响；数字一改，就要重新接受。
"""
_NUMBERS = ("places", "alike")
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*accepted[ \t]*\]\]", re.M)
_BY_LINE = re.compile(r"(.+?)[:：](\d+)")


class NoFinding(ValueError):
    """What the user named is no finding, or several; str() says what there is, in Chinese."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One entry of the file."""

    print: Fingerprint
    why: str


def file_of(file: str) -> Path:
    """Where the acceptances of an account stand."""
    return Path(file + SUFFIX)


def acceptances(file: str) -> list[Acceptance]:
    """Those of an account, none where it has no such file. Raises BadFile."""
    path = file_of(file)
    return _entries(Handmade(path, str(path))) if path.is_file() else []


def _entries(own: Handmade) -> list[Acceptance]:
    for key in own.data:
        own.known(key, ("accepted",), "这一节")
    entries = own.data.get("accepted", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise own.bad("accepted", "每个已接受的问题应是一段，以 [[accepted]] 开头")
    return [_entry(own, entry) for entry in entries]


def _entry(own: Handmade, entry: dict[str, Any]) -> Acceptance:
    for key, value in entry.items():
        own.known(key, (*Fingerprint._fields, "why"), "这一项")
        if key in _NUMBERS and (isinstance(value, bool) or not isinstance(value, int)):
            raise own.bad(key, f"“{key}”应是整数")
        if key not in _NUMBERS and not isinstance(value, str):
            raise own.bad(key, f"“{key}”应是引号中的文字")
    for key in ("check", "why"):
        if not entry.get(key, "").strip():
            raise own.bad(entry.get("check", "accepted") or "accepted", f"缺少 {key}（{_MEANING[key]}）")
    return Acceptance(Fingerprint(**{k: v for k, v in entry.items() if k != "why"}), entry["why"].strip())


_MEANING = {"check": "检查编号", "why": "接受的理由"}


def apply(report: Report, result: Result, accepted: Sequence[Acceptance]) -> list[Acceptance]:
    """Marks the accepted findings of a result; gives the acceptances that no finding answers to any more."""
    prints = fingerprints(report, result.findings)
    reasons = {acceptance.print: acceptance.why for acceptance in accepted}
    result.findings = [
        replace(finding, accepted=reasons.get(print_, ""))
        for finding, print_ in zip(result.findings, prints, strict=True)
    ]
    return [acceptance for acceptance in accepted if acceptance.print not in set(prints)]


def find(report: Report, findings: Sequence[Finding], name: str) -> tuple[Finding, Fingerprint]:
    """The finding that the user names by its handle or as CHECK-ID:LINE. Raises NoFinding."""
    prints = fingerprints(report, findings)
    found = {}
    by_line = _BY_LINE.fullmatch(name)
    for finding, print_ in zip(findings, prints, strict=True):
        line = finding.places[0].line if finding.places else None
        named = by_line and finding.check == by_line[1].upper() and line == int(by_line[2])
        if named or (len(name) >= 4 and print_.digest.startswith(name.lower())):
            found[print_] = finding
    if len(found) == 1:
        print_, finding = found.popitem()
        return finding, print_
    among = found or dict(zip(prints, findings, strict=True))
    raise NoFinding(f"{'没有问题' if not found else '不止一个问题'}叫“{name}”。{_choices(among)}")


def _choices(among: dict[Fingerprint, Finding]) -> str:
    if not among:
        return "这份决算没有问题可以接受。"
    named = handles(among)
    told = [f"{name}（{f.check}{_line(f)}）" for name, f in zip(named, among.values(), strict=True)][:8]
    return f"可以写：{'、'.join(told)}{' 等，见 juesuan check' if len(among) > 8 else ''}"


def _line(finding: Finding) -> str:
    line = finding.places[0].line if finding.places else None
    return "" if line is None else f"，第 {line} 行"


def add(file: str, finding: Finding, print_: Fingerprint, why: str) -> Path:
    """Writes one acceptance, in the place of an older one of the same finding. Raises BadFile and OSError."""
    path = file_of(file)
    kept = _without(path, [print_]) if path.is_file() else HEAD
    words = "  ".join(filter(None, (finding.message.split("\n")[0], figures(finding))))
    fields = {**print_._asdict(), "why": why}
    lines = [f"\n# {words}", "[[accepted]]", *(f"{k} = {_toml(v)}" for k, v in fields.items() if _told(k, v))]
    write_whole(path, iter([kept.rstrip("\n") + "\n", "\n".join(lines) + "\n"]))
    return path


def remove(file: str, name: str, prints: Iterable[Fingerprint]) -> list[Acceptance]:
    """Takes back the acceptances of these fingerprints, or of that handle; the file goes with its last."""
    wanted = set(prints)
    found = [
        acceptance
        for acceptance in acceptances(file)
        if acceptance.print in wanted or (len(name) >= 4 and acceptance.print.digest.startswith(name.lower()))
    ]
    if found:
        path = file_of(file)
        kept = _without(path, [acceptance.print for acceptance in found])
        if _ENTRY.search(kept):
            write_whole(path, iter([kept]))
        else:
            path.unlink()
    return found


def _without(path: Path, prints: Iterable[Fingerprint]) -> str:
    """The file's text without the entries of these fingerprints; everything else, comments too, stays."""
    own = Handmade(path, str(path))
    gone = {number for number, entry in enumerate(_entries(own)) if entry.print in set(prints)}
    starts = [_with_comment(own.text, match.start()) for match in _ENTRY.finditer(own.text)]
    if len(starts) != len(_entries(own)):
        raise BadFile(f"{path}：请把每个已接受的问题写成以 [[accepted]] 开头的一段，程序才能改写")
    ends = [*starts[1:], len(own.text)]
    kept = [own.text[: starts[0]]] if starts else [own.text]
    return "".join(kept + [own.text[a:b] for n, (a, b) in enumerate(zip(starts, ends, strict=True)) if n not in gone])


def _with_comment(text: str, start: int) -> int:
    """Where an entry begins, the comment lines right above it included."""
    while (line := text.rfind("\n", 0, start - 1) + 1) < start and text.startswith("#", line):
        start = line
    return start


def _told(name: str, value: object) -> bool:
    """Whether a field says more than its default."""
    return value != Fingerprint._field_defaults.get(name)


def _toml(value: str | int) -> str:
    """A value as TOML writes it."""
    if isinstance(value, int):
        return str(value)
    return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
