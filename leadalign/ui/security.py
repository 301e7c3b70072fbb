"""What a browser is told to refuse: any other host, any script that is not ours, any frame around us."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leadalign.ui.document import SCRIPTS

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def headers() -> dict[str, str]:
    """The headers that every answer carries."""
    return {
        "Content-Security-Policy": "; ".join(f"{name} {allowed}" for name, allowed in _policy().items()),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


def _policy() -> dict[str, str]:
    """Where a page may fetch from. Styles must be allowed inline: Streamlit's own are."""
    scripts = " ".join(f"'{hash_of(script)}'" for script in (*_scripts_of_streamlit(), *SCRIPTS))
    return {
        "default-src": "'none'",
        "script-src": f"'self' {scripts}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "media-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


def _scripts_of_streamlit() -> list[str]:
    """The few inline scripts of the page that Streamlit itself serves."""
    page = Path(st.__file__).parent / "static" / "index.html"
    return _INLINE.findall(page.read_text(encoding="utf-8"))


def hash_of(script: str) -> str:
    """The script as a content-security policy names it: by its SHA-256."""
    return "sha256-" + b64encode(sha256(script.encode()).digest()).decode()


class SecurityHeaders:
    """Puts the headers on every HTTP answer."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and adds to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers())
            await send(message)

        await self.app(scope, receive, send_with_headers)
