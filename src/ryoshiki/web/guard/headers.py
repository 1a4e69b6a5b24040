"""Every answer tells the browser what the page may do, and that nobody may keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'none'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
# Names that a browser does not know are left out: it would complain about each in its console.
# fmt: off
_OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "compute-pressure",
    "cross-origin-isolated", "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation",
    "gyroscope", "hid", "identity-credentials-get", "idle-detection", "keyboard-map", "language-detector",
    "local-fonts", "magnetometer", "microphone", "midi", "on-device-speech-recognition", "otp-credentials",
    "payment", "picture-in-picture", "private-state-token-issuance", "private-state-token-redemption",
    "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "speaker-selection",
    "storage-access", "summarizer", "sync-xhr", "translator", "unload", "usb", "window-management",
    "xr-spatial-tracking",
)
# fmt: on
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _OFF) + ", clipboard-write=(self)",
    "Origin-Agent-Cluster": "?1",
    "X-Robots-Tag": "noindex",
    "X-DNS-Prefetch-Control": "off",
}
_STATIC = "/static/"  # kept by the browser and asked about each time; the rest is not kept at all
_ONE_YEAR = 365 * 24 * 60 * 60


class Headers:
    """Puts the headers of `ALWAYS` on every answer, in the place of any that the app gave."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(ALWAYS)
                headers["Cache-Control"] = "no-cache" if scope["path"].startswith(_STATIC) else "no-store"
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = f"max-age={_ONE_YEAR}"
            await send(message)

        await self.app(scope, receive, dressed)
