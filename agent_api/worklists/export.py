"""The ticket list as a file: what the list shows, nothing that is masked there."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from agent_api.stats.export import Cell
from agent_api.table_files import TableKind, content_of
from agent_api.tickets.models import TicketRow
from agent_api.tickets.titles import STATE_TITLES, TYPE_TITLES
from agent_api.tickets.words import State, TicketType

MOST = 10_000
HEADER = ("工单号", "类型", "标题", "状态", "级别", "渠道", "处理单位", "处理人", "受理中心", "受理时间", "更新时间",
          "处理时限", "法定时限", "催办次数", "退单次数", "超时", "监管转办", "办结时间")  # fmt: skip


def table(rows: Sequence[TicketRow], zone: ZoneInfo) -> Iterator[list[Cell]]:
    def at(moment: datetime | None) -> str | None:
        return None if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    for row in rows:
        yield [
            row.ticket_no, TYPE_TITLES[TicketType(row.type)], row.title, STATE_TITLES[State(row.state)], row.level,
            row.channel, row.target, row.owner, row.center_id, at(row.created_at), at(row.updated_at), at(row.due_at),
            at(row.legal_due_at), row.urge_count, row.return_count, "是" if row.overdue else "否",
            "是" if row.is_regulator else "否", at(row.closed_at),
        ]  # fmt: skip


def file_of(kind: TableKind, rows: Sequence[TicketRow], zone: ZoneInfo) -> bytes:
    return content_of(kind, "工单", HEADER, table(rows, zone))
