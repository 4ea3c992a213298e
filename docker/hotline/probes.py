"""Asks a running part whether it serves. Each probe takes at most a second or two and raises Down with the reason."""

import json
import socket
import urllib.error
import urllib.request
from typing import Any

PROBE_SECONDS = 2.0


class Down(Exception):
    """The part does not serve; the text says why in words an operator can act on."""


def port_answers(port: int, host: str = "127.0.0.1") -> None:
    try:
        socket.create_connection((host, port), PROBE_SECONDS).close()
    except OSError as error:
        raise Down(f"nothing answers on port {port}") from error


def asterisk_booted(port: int, user: str, secret: str) -> None:
    """The manager interface accepts the user and says that every module is loaded."""
    try:
        with socket.create_connection(("127.0.0.1", port), PROBE_SECONDS) as link:
            link.settimeout(PROBE_SECONDS)
            link.sendall(f"Action: Login\r\nUsername: {user}\r\nSecret: {secret}\r\n\r\n".encode())
            received = b""
            while b"FullyBooted" not in received:
                chunk = link.recv(4096)
                received += chunk
                if b"Authentication failed" in received:
                    raise Down(f"Asterisk refuses the manager user {user}: restart it, its configuration is older")
                if not chunk:
                    raise Down("Asterisk closed the manager link while starting")
    except OSError as error:
        raise Down(f"Asterisk's manager interface does not answer on port {port}") from error


def health(port: int) -> dict[str, Any]:
    """GET /health. The answer, also when it says that something is down (status 503)."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=PROBE_SECONDS) as answer:
            body = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    except OSError as error:
        raise Down(f"does not answer on port {port}") from error
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise Down(f"answers something else than health on port {port}") from error
    return parsed if isinstance(parsed, dict) else {}


def serves(probe: Any, *arguments: Any) -> bool:
    """True when the probe does not say Down."""
    try:
        probe(*arguments)
    except Down:
        return False
    return True
