"""The explanation of a made-up account, put together from fragments; every figure carries a mark (see `slots`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from tests.wordings.explanations.model import FUNDS, GENERAL, Account, Item
from tests.wordings.explanations.slots import NAMES, G, Slots, T
from tests.wordings.explanations.tables import CLASSES, ECONOMIC

HERE = Path(__file__).parent
MARKERS = {
    "①②③": tuple("①②③④⑤⑥⑦⑧⑨"),
    "1.2.3.": tuple(f"{n}." for n in range(1, 10)),
    "（1）（2）（3）": tuple(f"（{n}）" for n in range(1, 10)),
    "第一，第二，第三，": tuple(f"第{n}，" for n in "一二三四五六七八九"),
    "一是二是三是": tuple(f"{n}是" for n in "一二三四五六七八九"),
}
SOURCES = {
    "一般公共预算财政拨款收入": f"flow=income fund={GENERAL}",
    "政府性基金预算财政拨款收入": f"flow=income fund={FUNDS}",
    "其他收入": "flow=income fund=other",
}
NATURES = {"基本支出": "flow=expenditure nature=basic", "项目支出": "flow=expenditure nature=project"}
THREE = {
    "因公出国（境）费": f"{T}/overseas",
    "公务用车购置及运行维护费": f"{T}/vehicles",
    "公务接待费": f"{T}/reception",
}
Parts = dict[str, str]


@cache
def fragments(name: str) -> dict[str, list[str]]:
    """Topic → wordings, from known.toml, unseen.toml or later.toml."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


class Saying:
    """The paragraphs of one account's explanation, in wordings of the named files."""

    def __init__(self, account: Account, files: tuple[str, ...]) -> None:
        self.account, self.files = account, files
        self.random = Random(f"wording {account.seed}")
        self.slots = Slots(account, self.random.random() < 0.3, self.random.choice((1, 2, 2)))
        self.sentences: list[str] = []
        """the wordings that were used"""

    def say(self, topic: str, parts: Parts | None = None, whole: str = "", **words: str) -> str:
        """A wording of the topic with its figures."""
        text = self.random.choice(fragments(self.random.choice(self.files))[topic])
        self.sentences.append(text)
        if parts is not None:
            text = self._listed(text, parts, whole)
        return self._filled(text, words)

    def _filled(self, text: str, words: dict[str, str]) -> str:
        a = self.account
        words = {"year": str(a.year), "last": str(a.year - 1), "department": a.department, **words}
        text = re.sub(r"<([^|>]*)\|([^@>]*)@([^>]*)>", lambda m: m[1] if self.slots.rises(m[3]) else m[2], text)
        text = re.sub(r"\[([^\]|]*)\|([^\]|]*)\|([^\]]*)\]", self._claimed, text)
        return re.sub(r"\{([a-z._]+)\}", lambda m: words[m[1]] if m[1] in words else self.slots.print(m[1]), text)

    def _claimed(self, match: re.Match[str]) -> str:
        up, down, slot = match.groups()
        return up if not down or self.slots.rises(slot) else down

    def _listed(self, text: str, parts: Parts, whole: str) -> str:
        """The wording with its list written out: one part after the other, or names, amounts and shares apart."""
        if "‖" not in text:
            return self._columns(text, parts, whole)
        head, part, between, tail = text.split("‖")
        markers = next((marks for name, marks in MARKERS.items() if part.startswith(name)), None)
        body = part[len(next(n for n, m in MARKERS.items() if m is markers)) :] if markers else part
        said = [self._filled(head, {"count": str(len(parts))})]
        for n, (name, key) in enumerate(parts.items()):
            one = (markers[n] if markers else "") + body.replace("{name}", name)
            for what in ("amount", "share"):
                before, slot, after = one.partition(f"{{{what}}}")
                one = before + self._part(key, what, whole) + after if slot else one
            said.append(("" if n == 0 else between) + one)
        return "".join(said) + self._filled(tail, {})

    def _part(self, key: str, what: str, whole: str) -> str:
        return self.slots.mark(key, "share" if what == "share" else "", whole)

    def _columns(self, text: str, parts: Parts, whole: str) -> str:
        """{names} … {amounts}万元 … {shares}%."""
        out = []
        for piece in re.split(r"(\{(?:names|amounts|shares|[a-z.]+)\})", text):
            name = piece.strip("{}")
            if name == "names":
                out.append("、".join(parts))
            elif name == "amounts":
                out.append("万元、".join(self.slots.mark(key, "") for key in parts.values()))
            elif name == "shares":
                out.append("%、".join(self.slots.mark(key, "share", whole) for key in parts.values()))
            elif piece.startswith("{"):
                out.append(self._filled(piece, {}))
            else:
                out.append(piece)
        return "".join(out)

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """(title, paragraphs) in the order of the document."""
        a, now = self.account, self.account.now
        first = [self.say("totals")]
        if now["flow=opening"]:
            first.append(self.say("composition"))
        yield "收入支出决算总体情况说明", first
        sources = {n: k for n, k in SOURCES.items() if now.get(k)}
        yield "收入决算情况说明", [self.say("income", sources, "flow=income")]
        yield "支出决算情况说明", [self.say("expenditure", NATURES, "flow=expenditure")]
        yield "财政拨款收入支出决算总体情况说明", [self.say("fiscal"), self.say("fiscal_done")]
        yield "一般公共预算财政拨款支出决算情况说明", [*self._general()]
        yield "一般公共预算财政拨款基本支出决算情况说明", [*self._basic()]
        yield "一般公共预算财政拨款“三公”经费支出决算情况说明", [*self._three()]
        yield "政府性基金预算财政拨款收入支出决算情况说明", [*self._funds()]
        yield "国有资本经营预算财政拨款收入支出决算情况说明", [self.say("capital_none")]
        yield "其他重要事项的情况说明", []
        yield "（一）机关运行经费支出情况", [self.say("running")]
        yield "（二）政府采购支出情况", [self.say("procurement") + self.say("awards")]
        yield "（三）国有资产占有使用情况说明", [self.say("vehicle_list") + self.say("equipment")]
        grades = self.say("grades") if a.counts["item=performance/grade/excellent measure=count"] else ""
        yield "（四）预算绩效情况说明", [self.say("performance") + grades]

    def _general(self) -> Iterator[str]:
        classes = {n: f"{G} function={c}" for n, c in CLASSES.items() if self.account.now.get(f"{G} function={c}")}
        yield self.say("general")
        yield self.say("classes", classes, G)
        yield self.say("general_done") + "具体情况如下："
        for n, item in enumerate(self.account.items, 1):
            self.slots.item = item
            topic = "item_level" if item.spent == item.initial else "item"
            yield self.say(topic, n=f"{n}.", name=full_name(item))

    def _basic(self) -> Iterator[str]:
        names = [name for code, name in ECONOMIC.items() if code in self.account.economic]
        codes = [code for code in ECONOMIC if code in self.account.economic]
        pay = "、".join(n for n, c in zip(names, codes, strict=True) if c[:3] in ("301", "303"))
        goods = "、".join(n for n, c in zip(names, codes, strict=True) if c[:3] in ("302", "310"))
        key = f"{G} nature=basic"
        yield self.say("basic", pay=pay, goods=goods)
        classes = {ECONOMIC[c]: f"{key} economic={c}" for c in ("301", "302", "303", "310")}
        yield self.say("economic", {n: k for n, k in classes.items() if self.account.now.get(k)}, key)

    def _three(self) -> Iterator[str]:
        yield self.say("three")
        yield self.say("three_change")
        yield self.say("three_parts", THREE, T)
        yield self.say("overseas" if self.account.now[NAMES["t.o"]] else "overseas_none", n="1.")
        yield self.say("vehicles", n="2.")
        yield self.say("reception", n="3.")

    def _funds(self) -> Iterator[str]:
        if self.account.fund is None:
            yield self.say("funds_none")
            return
        yield self.say("funds")
        yield self.say("funds_item", name=full_name(self.account.fund))


def full_name(item: Item) -> str:
    """社会保障和就业支出（类）…（款）…（项）."""
    return "".join(f"{name}（{level}）" for name, level in zip(item.names, "类款项", strict=True))
