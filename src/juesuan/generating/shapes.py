"""Shapes (账目的样子): what an account has and has not, in any combination. Refuses an unknown style or year."""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.generating.draws import Draws
from juesuan.knowledge.styles import styles

YEARS = range(2019, 2027)


@dataclass(frozen=True, slots=True)
class Shape:
    """What an account has. `units`: how many units besides the department's own (本级)."""

    style: str = "national"
    year: int = 2024
    units: int = 0
    government_funds: bool = False
    state_capital: bool = False
    carryover: bool = False
    """opening and closing balances of 财政拨款"""
    superior: bool = False
    public_service: bool = False
    """事业收入, with surplus used or distributed; units are public institutions then"""
    commercial: bool = False
    subordinate: bool = False
    other: bool = False
    upward: bool = False
    """上缴上级支出 and 对附属单位补助支出"""
    loss: bool = False
    """经营亏损: a negative closing balance of the commercial money"""
    negative: bool = False
    """a reversal (冲销): negative expenditure"""
    three_public: bool = True
    procurement: bool = True
    prior: bool = True
    """there was an account of the year before; a new department has neither that nor an opening balance"""
    projects: int = 2

    def __post_init__(self) -> None:
        if self.style not in styles():
            raise ValueError(f"没有“{self.style}”这种写法：{'、'.join(styles())}")
        if self.year not in YEARS:
            raise ValueError(f"只编造 {YEARS[0]} 到 {YEARS[-1]} 年度的账目：{self.year}")


def shape_of(seed: int) -> Shape:
    """A shape for a seed: styles and years in turn, everything else by chance. Seeds below 48 cover both wholly."""
    draws = Draws(f"shape {seed}")
    public = draws.chance(50)
    return Shape(
        style=tuple(styles())[seed % len(styles())],
        year=YEARS[seed // len(styles()) % len(YEARS)],
        units=draws.one((0, 0, 1, 2, 4)),
        government_funds=draws.chance(45),
        state_capital=draws.chance(30),
        carryover=draws.chance(60),
        superior=draws.chance(25),
        public_service=public,
        commercial=public and draws.chance(50),
        subordinate=public and draws.chance(30),
        other=draws.chance(45),
        upward=public and draws.chance(35),
        loss=public and draws.chance(25),
        negative=draws.chance(15),
        three_public=draws.chance(75),
        procurement=draws.chance(70),
        prior=draws.chance(85),
        projects=draws.count(0, 5),
    )
