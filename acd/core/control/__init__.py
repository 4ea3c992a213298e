"""What agents and supervisors do with a call going on, one module a thing. The dialplan's side is control.conf."""
