"""Who gets the next call: the table of queues at work. The rest of the core uses what is named here."""

from acd.core.routing.bench import Bench
from acd.core.routing.engine import Engine
from acd.core.routing.entry import Entry, Wants
from acd.core.routing.hours import is_open
from acd.core.routing.needs import serves, skill_level
from acd.core.routing.outcome import Decision, Settled, Widened
from acd.core.routing.room import WaitingRoom
from acd.core.routing.rules import ALL_CENTERS, Mark, Rules, checked
from acd.core.routing.stages import Figures
from acd.core.routing.ways import Crowd, WayOut, way_out, way_out_while_waiting
from acd.core.routing.why import in_words

__all__ = [
    "ALL_CENTERS",
    "Bench",
    "Crowd",
    "Decision",
    "Engine",
    "Entry",
    "Figures",
    "Mark",
    "Rules",
    "Settled",
    "WaitingRoom",
    "Wants",
    "WayOut",
    "Widened",
    "checked",
    "in_words",
    "is_open",
    "serves",
    "skill_level",
    "way_out",
    "way_out_while_waiting",
]
