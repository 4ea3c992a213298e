"""Has agent_api's own command prepare the database and tell the agents' SIP sign-ins. Knows no table."""

import json
import subprocess
import sys

from hotline.installation import Installation
from hotline.nodes import AgentPhones
from hotline.parts import desk_environment
from hotline.preflight import environment


class CommandFailed(Exception):
    """One of agent_api's own commands failed; the text is what it said."""


def prepare_database(installation: Installation) -> None:
    """Bring the schema up to date; fill an empty database with demo data unless that is switched off."""
    _desk(installation, "migrate")
    if installation.settings.demo_data:
        _desk(installation, "seed-demo")


def agent_phones(installation: Installation) -> list[AgentPhones]:
    """SIP sign-ins of all agents, for pjsip.conf."""
    accounts = json.loads(_desk(installation, "sip-accounts"))
    return [
        AgentPhones(account["number"], account["phone_password"], account["browser_password"]) for account in accounts
    ]


def _desk(installation: Installation, *arguments: str) -> str:
    values = {**environment(), **desk_environment(installation), "HOTLINE_HOME": str(installation.folder)}
    done = subprocess.run(
        [sys.executable, "-c", "from agent_api.cli import app; app()", *arguments],
        env=values,
        capture_output=True,
        text=True,
        timeout=120,
        umask=0o077,  # personal data
        check=False,
    )
    if done.returncode:
        raise CommandFailed(f"desk {' '.join(arguments)}: {(done.stderr or done.stdout).strip()[-2000:]}")
    return done.stdout
