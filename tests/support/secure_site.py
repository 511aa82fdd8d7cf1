"""An https site on loopback with a certificate of the test's choice."""

from __future__ import annotations

import socket
import ssl
from threading import Thread

import trustme

from tests.support.hostile_site import FEED, answer


class SecureSite:
    """An https server with the certificate that it is given, for one answer after the other."""

    def __init__(self, certificate: trustme.LeafCert) -> None:
        self.reply = answer(FEED)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(self._context)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.requests: list[bytes] = []
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._socket.accept()
                with self._context.wrap_socket(plain, server_side=True) as peer:
                    self.requests.append(peer.recv(65536))
                    peer.sendall(self.reply)
            except ssl.SSLError:
                continue  # the reader did not like the certificate
            except OSError:
                return

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
