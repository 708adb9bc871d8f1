"""What a page may load and run: only what it holds itself."""

from __future__ import annotations

import base64
import hashlib


def content_policy(*, scripts: tuple[str, ...], style: str) -> str:
    """A policy that lets run what the page itself holds, and nothing reach the network."""
    allowed = " ".join(_digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; img-src data: blob:; "
        "worker-src blob:; child-src blob:; connect-src 'none'; font-src 'none'; form-action 'none'; base-uri 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
