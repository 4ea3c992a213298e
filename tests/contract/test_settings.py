"""What `hotline` hands the processes is what they read; the example file is what the models say."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from acd.settings import AcdSettings
from agent_api.settings import Settings as DeskSettings
from agent_api.settings import load_settings
from hotline.credentials import Credentials
from hotline.example import example
from hotline.installation import Installation
from hotline.parts import acd_environment, desk_environment, ivr_environment
from hotline.settings import HotlineSettings
from ivr.settings import IvrSettings

pytestmark = pytest.mark.contract

Environment = Callable[[Installation], dict[str, str]]
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    moved = HotlineSettings(
        home=tmp_path, fastagi_port=14573, desk_port=18000, ami_port=15038, mqtt_port=11883, acd_observe_port=14575
    )
    return Installation(moved, Credentials())


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No settings from whoever runs the tests."""
    for name in os.environ:
        if name.startswith(("IVR_", "ACD_", "DESK_")):
            monkeypatch.delenv(name)
    return monkeypatch


def names_of(model: type[BaseSettings]) -> set[str]:
    prefix = str(model.model_config["env_prefix"])
    return {prefix + name.upper() for name in model.model_fields}


@pytest.mark.parametrize(
    ("environment", "model"),
    [(ivr_environment, IvrSettings), (acd_environment, AcdSettings), (desk_environment, DeskSettings)],
    ids=["ivr", "acd", "desk"],
)
def test_every_variable_we_hand_over_is_one_they_read(
    installation: Installation, environment: Environment, model: type[BaseSettings]
) -> None:
    handed = {name.split("__")[0] for name in environment(installation)}
    assert handed <= names_of(model)


def test_the_voice_menu_finds_the_desk(installation: Installation, bare: pytest.MonkeyPatch) -> None:
    for name, value in ivr_environment(installation).items():
        bare.setenv(name, value)
    settings = IvrSettings()
    assert settings.port == 14573
    assert settings.directory_url == "http://127.0.0.1:18000"
    assert settings.directory_token.get_secret_value() == installation.credentials.service_token


def test_the_acd_finds_asterisk_and_the_bus(installation: Installation, bare: pytest.MonkeyPatch) -> None:
    for name, value in acd_environment(installation).items():
        bare.setenv(name, value)
    settings = AcdSettings()
    node = settings.asterisks()[0]
    assert (node.port, node.username) == (15038, "acd")
    assert node.secret.get_secret_value() == installation.credentials.ami_acd
    assert settings.broker.port == 11883
    assert settings.broker.username == "acd"
    assert settings.observe_port == 14575


def test_the_desk_finds_its_database_and_the_bus(installation: Installation, bare: pytest.MonkeyPatch) -> None:
    for name, value in desk_environment(installation).items():
        bare.setenv(name, value)
    settings = load_settings()
    assert settings.port == 18000
    assert str(installation.folder) in settings.database_url
    assert settings.broker.password is not None
    assert settings.broker.password.get_secret_value() == installation.credentials.mqtt_agent_api
    assert settings.service_token.get_secret_value() == installation.credentials.service_token


def test_no_process_gets_a_secret_of_another(installation: Installation) -> None:
    credentials = installation.credentials
    ivr, acd, desk = (set(make(installation).values()) for make in (ivr_environment, acd_environment, desk_environment))
    assert not ivr & {credentials.ami_acd, credentials.mqtt_acd, credentials.mqtt_agent_api}
    assert not acd & {credentials.service_token, credentials.mqtt_agent_api}
    assert not desk & {credentials.ami_acd, credentials.mqtt_acd}


def test_the_example_file_is_up_to_date() -> None:
    assert (PROJECT / ".env.example").read_text() == example(), "run: python -m hotline.example > .env.example"
