"""`python -m acd` runs the process; `python -m acd replay FILE...` and the other commands of acd.cli work too."""

from acd.cli import app

app(prog_name="acd")
