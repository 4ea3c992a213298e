"""The demo's table in the terminal."""

from rich.console import Group
from rich.table import Table

from hotline.demo.tally import Place, Tally


def board(tally: Tally, desk_url: str) -> Group:
    now = Table(box=None, padding=(0, 3))
    for heading in ("dialled", *(place.value for place in Place), "done"):
        now.add_column(heading, justify="right")
    now.add_row(
        str(tally.dialled), *(str(tally.count(place)) for place in Place), str(sum(tally.ends.values())), style="bold"
    )
    more = Table(box=None, show_header=False, padding=(0, 3))
    more.add_row("calls ended", _counts(tally.ends))
    more.add_row("agents", ", ".join(f"{agent} {what}" for agent, what in sorted(tally.agents.items())) or "none yet")
    more.add_row("dunning", _counts(tally.dunning))
    for note in tally.notes:
        more.add_row("note", note, style="yellow")
    more.add_row("watch it", f"{desk_url}  (supervisor 8101: wallboard; Ctrl-C here ends the demo)")
    return Group(now, "", more)


def _counts(counts: dict[str, int]) -> str:
    return (
        ", ".join(f"{what} {count}" for what, count in sorted(counts.items(), key=lambda item: -item[1])) or "none yet"
    )
