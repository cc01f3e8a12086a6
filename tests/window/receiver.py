"""A program elsewhere that is told by webhooks: it keeps what it hears, and answers that it heard."""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Message:
    """One message as it came."""

    def __init__(self, headers, body: bytes) -> None:
        self.id = headers["webhook-id"]
        self._signed = f"{self.id}.{headers['webhook-timestamp']}.".encode() + body
        self._signatures = headers["webhook-signature"].split(" ")
        self.content = json.loads(body)

    def is_signed_with(self, secret: str) -> bool:
        """Whether it comes from who holds the secret, as the Standard Webhooks say."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signature = base64.b64encode(hmac.new(key, self._signed, hashlib.sha256).digest()).decode()
        return f"v1,{signature}" in self._signatures


class Receiver:
    """Listens on the loopback until it is closed."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        heard = self.messages

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                message = Message(self.headers, body)
                # What comes again, because an answer was slow, has the id that it had.
                if all(message.id != one.id for one in heard):
                    heard.append(message)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_) -> None:
                """The tests say what matters."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hooks/pail"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
