"""Rebuilds calls from a recorded AMI stream, of any Asterisk since 11. Pure: events in, calls out.

- *One call* is everything that Asterisk tied together: equal linkedids, dials, Local pairs, bridges, masquerades,
  transfers and pick-ups. A consultation that ends in a transfer is therefore part of the call it came from.
- *The caller* is the channel that came in first. Where nothing came in (click-to-dial, dunning) it is the first leg
  that was called: that person sits at the phone and waits for the other one, which is what support asks about.
- *Rang* are the legs that were alerted: ringing, early media, or answered at once. The caller's own is not among them.
- *Talked* are the real channels that heard one another in a bridge, through Local channels or not. A prompt, music on
  hold, a parking or holding bridge is no conversation.
- *Result* says how it ended for the caller (verdict.py). What an application alone served is completed, unanswered.

events, parsing: one event. story: what is understood so far (channels, groups, dials, conversations, transfers).
readers: what each event adds to the story. calls, caller, verdict: the call told from it.
"""

from acd.core.history.calls import Call
from acd.core.history.events import AmiEvent
from acd.core.history.parsing import parse_lines, parse_objects
from acd.core.history.recorder import History

__all__ = ["AmiEvent", "Call", "History", "parse_lines", "parse_objects"]
