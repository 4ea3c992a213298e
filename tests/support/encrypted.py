"""Certificates for a test: an authority this process trusts while the test runs, and TLS put before a plain server."""

import select
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import trustme


@contextmanager
def trusted_authority(folder: Path) -> Iterator[trustme.CA]:
    """OpenSSL and rustls both look at SSL_CERT_FILE when a connection is made."""
    authority = trustme.CA()
    bundle = folder / "authority.pem"
    authority.cert_pem.write_to_path(bundle)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(bundle))
        yield authority


def server_context(authority: trustme.CA, name: str = "localhost") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


@contextmanager
def tls_before(port: int, context: ssl.SSLContext) -> Iterator[int]:
    """The port of a TLS server that hands everything through to the plain one at `port`. Plain sockets in threads:
    asyncio of Python 3.11 leaves the sockets of broken handshakes open."""

    open_now: list[socket.socket] = []

    class Through(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            open_now.append(self.request.dup())
            with (
                suppress(OSError),
                context.wrap_socket(self.request, server_side=True) as outer,
                socket.create_connection(("127.0.0.1", port)) as inner,
            ):
                while True:  # until one of them ends: one thread, as an SSLSocket does not bear two
                    ready = [outer] if outer.pending() else select.select([outer, inner], [], [])[0]
                    for source, target in ((outer, inner), (inner, outer)):
                        if source in ready:
                            if not (data := source.recv(65536)):
                                return
                            target.sendall(data)

    class Server(socketserver.ThreadingTCPServer):
        block_on_close = True  # every connection is over when the server is closed

    with Server(("127.0.0.1", 0), Through) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            for each in open_now:
                with each, suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
