"""A download site on 127.0.0.1 that does what real ones do on bad days."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

Behaviour = Literal["ok", "break", "stall", "busy", "ignore_range", "short", "gone"]


@dataclass
class Site:
    """Files of a site and how it behaves.

    Parameters
    ----------
    files : path -> content
    behaviour : path -> what happens at the next requests, one after the other, then "ok"
    md5 : path -> a checksum to state in place of the right one
    asked : (path, Range header) of each request so far
    """

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    behaviour: dict[str, list[Behaviour]] = field(default_factory=dict)
    md5: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    retry_after: str = "7"

    def add_country(self, path: str, codes: list[str], content: bytes) -> None:
        """Put a file on the site and into its index."""
        self.files[path] = content
        index = json.loads(self.files.get("index-v1-nogeom.json", b'{"features": []}'))
        urls = {"pbf": f"{self.address}/{path}"}
        index["features"].append({"properties": {"id": path, "iso3166-1:alpha2": codes, "urls": urls}})
        self.files["index-v1-nogeom.json"] = json.dumps(index).encode()

    def ranges_of(self, path: str) -> list[str]:
        """Range headers of the requests of a path."""
        return [header for asked, header in self.asked if asked == path]


@contextmanager
def flaky_site() -> Iterator[Site]:
    """A running site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        path = self.path.lstrip("/")
        asked = self.headers.get("Range", "")
        site.asked.append((path, asked))
        waiting = site.behaviour.get(path, [])
        behaviour = waiting.pop(0) if waiting else "ok"
        content = self._content(site, path)
        if content is None or behaviour == "gone":
            self._answer(404, b"", {})
        elif behaviour == "busy":
            self._answer(503, b"", {"Retry-After": site.retry_after})
        else:
            self._send(content, asked if behaviour != "ignore_range" else "", behaviour)

    def _content(self, site: Site, path: str) -> bytes | None:
        if path.endswith(".md5") and path not in site.files:
            file = path.removesuffix(".md5")
            if file not in site.files:
                return None
            stated = site.md5.get(file, hashlib.md5(site.files[file], usedforsecurity=False).hexdigest())
            return f"{stated}  {file}\n".encode()
        return site.files.get(path)

    def _send(self, content: bytes, asked: str, behaviour: Behaviour) -> None:
        tag = f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
        headers = {"ETag": tag}
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.headers.get("If-Range") == tag else 0
        if start >= len(content) and start:
            self._answer(416, b"", headers | {"Content-Range": f"bytes */{len(content)}"})
            return
        status = 206 if start else 200
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        body = content[start:]
        self._answer(status, body, headers, cut=behaviour if behaviour in ("break", "stall", "short") else "")

    def _answer(self, status: int, body: bytes, headers: dict[str, str], *, cut: str = "") -> None:
        sent = body[: len(body) // 2] if cut else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(sent) if cut == "short" else len(body)))
        self.end_headers()
        self.wfile.write(sent)
        self.wfile.flush()
        if cut == "stall":
            time.sleep(0.6)
        if cut:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""
