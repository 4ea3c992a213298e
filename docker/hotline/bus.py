"""Prepares mosquitto's folder: configuration, passwords (hashed) and rights. Starts nothing."""

import os
import shutil
import subprocess
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from hotline.credentials import write_private
from hotline.installation import Installation
from hotline.service_user import give, service_user

TEMPLATES = Path(__file__).parent


def executable(name: str) -> str:
    """Debian keeps servers in /usr/sbin, which is not on everybody's PATH."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if found is None:
        raise FileNotFoundError(f"{name} is missing: make setup installs it")
    return found


def prepare_bus(installation: Installation) -> list[str]:
    """Write the folder; returns the command that runs mosquitto in the foreground."""
    folder = installation.folder / "mosquitto"
    (folder / "data").mkdir(parents=True, exist_ok=True)
    owner = service_user(folder, "mosquitto", "nobody")
    template = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False).from_string(
        (TEMPLATES / "mosquitto.conf.tmpl").read_text()
    )
    configuration = folder / "mosquitto.conf"
    configuration.write_text(
        template.render(folder=folder, mqtt_port=installation.settings.mqtt_port, user=owner.pw_name)
    )
    _write_passwords(folder / "passwords", installation)
    shutil.copyfile(TEMPLATES / "mosquitto.acl", folder / "acl")
    give(folder, owner)
    return [executable("mosquitto"), "-c", str(configuration)]


def _write_passwords(path: Path, installation: Installation) -> None:
    credentials = installation.credentials
    users = {"acd": credentials.mqtt_acd, "agent_api": credentials.mqtt_agent_api, "watch": credentials.mqtt_watch}
    write_private(path, "".join(f"{user}:{password}\n" for user, password in users.items()))
    subprocess.run([executable("mosquitto_passwd"), "-U", str(path)], check=True, capture_output=True, timeout=30)
