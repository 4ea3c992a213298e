"""The work behind a figure of the board as a file: what the list shows. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from agent_api.monitor.rules import Work, colour_of
from agent_api.monitor.titles import state_title, type_title
from agent_api.stats.export import Cell

MOST = 10_000
TITLE = "工作流"
HEADER = ("编号", "类型", "标题", "状态", "级别", "处理单位", "处理人", "受理时间", "进入环节时间",
          "处理时限", "预警", "催办次数")  # fmt: skip
COLOURS = {"none": "不计时", "green": "正常", "yellow": "预警", "red": "已超时"}


def rows(works: Sequence[Work], now: datetime, zone: ZoneInfo) -> Iterator[list[Cell]]:
    def at(moment: datetime | None) -> str | None:
        return None if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    for each in works:
        yield [
            each.number, type_title(each), each.title, state_title(each), each.level, each.unit, each.owner,
            at(each.opened_at), at(each.since), at(each.due_at), COLOURS[colour_of(each, now).value], each.urges,
        ]  # fmt: skip
