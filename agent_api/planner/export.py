"""The plan of a day as a file: what the page shows. Pure."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from agent_api.planner.schemas import PlannedInterval
from agent_api.stats.export import Cell

TITLE = "排班预测"
HEADER = ("时段", "预测来电", "实际来电", "平均处理时长(秒)", "所需座席", "应排座席", "已签入座席", "预计服务水平",
          "预计平均应答(秒)", "占用率", "放弃率")  # fmt: skip


def rows(intervals: Sequence[PlannedInterval], zone: ZoneInfo) -> Iterator[list[Cell]]:
    """Shares between 0 and 1."""
    for each in intervals:
        yield [
            f"{each.start.astimezone(zone):%Y-%m-%d %H:%M}", each.forecast_arrivals, each.actual_arrivals,
            each.aht_seconds, each.agents_needed, each.agents_rostered, each.agents_signed_in,
            each.expected_service_level, each.expected_asa_seconds, each.occupancy, each.abandon_share,
        ]  # fmt: skip
