"""Asks a running part whether it serves. Each probe takes at most a second or two and raises Down with the reason."""

import json
import secrets
import socket
import urllib.error
import urllib.request
from collections.abc import Callable

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


def health(port: int, host: str = "127.0.0.1") -> list[str]:
    """Ask GET /health. Returns what is wrong although the part serves; raises Down when it does not serve."""
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/health", timeout=PROBE_SECONDS) as answer:
            return _complaints(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            raise Down("; ".join(_complaints(error.read())) or f"answers with status {error.code}") from error
    except OSError as error:
        raise Down(f"does not answer on port {port}") from error


def _complaints(body: bytes) -> list[str]:
    """What is not ok in a health answer; its `parts` are {name: "ok" or words} or a list of {name, ok, detail}."""
    try:
        parts = json.loads(body)["parts"]
        if isinstance(parts, dict):
            return [f"{name}: {state}" for name, state in parts.items() if state != "ok"]
        return [f"{part['name']}: {part['detail']}" for part in parts if not part["ok"]]
    except (ValueError, KeyError, TypeError):
        return ["answers something else than its health"]


def sip_answers(port: int, host: str) -> None:
    """Something speaks SIP there: any answer to OPTIONS will do."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.settimeout(PROBE_SECONDS)
        try:
            link.connect((host, port))
            own = ":".join(map(str, link.getsockname()))
            mark = secrets.token_hex(8)
            link.send(
                f"OPTIONS sip:{host}:{port} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bK{mark};rport\r\n"
                f"Max-Forwards: 5\r\nFrom: <sip:probe@{own}>;tag={mark}\r\nTo: <sip:{host}:{port}>\r\n"
                f"Call-ID: {mark}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n".encode()
            )
            link.recv(4096)
        except OSError as error:
            raise Down(f"nothing speaks SIP on port {port}") from error


def serves(probe: Callable[[], object]) -> bool:
    """True when the probe does not say Down."""
    try:
        probe()
    except Down:
        return False
    return True
