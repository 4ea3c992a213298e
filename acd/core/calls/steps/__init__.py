"""What each fact does to a call, by stage of the call; the table that walks them is `acd.core.calls.call_step`."""
