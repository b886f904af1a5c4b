"""Why an account cannot be composed: one class a cause; str() says in Chinese what is missing and where."""

from __future__ import annotations

from juesuan.knowledge.hierarchy import word
from juesuan.model.keys import Key


class CannotCompose(ValueError):
    """What the account lacks for its document."""


class MissingFigure(CannotCompose):
    """A figure that the table prints is not given, and nothing says that it is zero.

    `said` is the figure in words, `spot` where it is to be filled in, as far as they are known.
    """

    def __init__(self, form: str, key: Key, said: str = "", spot: str = "") -> None:
        self.form, self.key = form, key
        where = f"请在{spot}填写，没有的填 0" if spot else "合计数须直接给出，不由各项相加"
        super().__init__(f"{word('form', form)}：缺少要列示的数“{said or key}”。{where}。")


class OtherUnit(CannotCompose):
    """A figure in another unit than the account's."""

    def __init__(self, form: str, key: Key, unit: str, usual: str) -> None:
        super().__init__(f"{word('form', form)}：{key} 的单位是{unit or '未注明'}，本套报表用{usual}")


class NamelessCode(CannotCompose):
    """A code that neither the account nor the classification of its year names."""

    def __init__(self, code: str, year: str) -> None:
        super().__init__(f"{year} 年度的科目中没有 {code}，报表里也没有写它的名称")
