"""The site's Content-Security-Policy, which the theme writes as `<meta>` because static hosts set no headers."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # Pagefind's search runs as WebAssembly
    "style-src": "'self'",
    "img-src": "'self' data:",  # the signs beside verdicts travel inside the style sheet
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}

# MkDocs' preview injects its reload script, and we our list of problems, inline.
_PREVIEW = {"script-src": " 'unsafe-inline'", "style-src": " 'unsafe-inline'"}


def content_security_policy(*, preview: bool) -> str:
    """Return the policy: strict for the published site, with inline script and style allowed in the preview only."""
    return "; ".join(
        f"{name} {value}{_PREVIEW.get(name, '') if preview else ''}" for name, value in _DIRECTIVES.items()
    )


def sign_script(text: str) -> str:
    """Give the source expression that lets the policy pass one inline script, such as a block of JSON-LD.

    Browsers do not run such a block and do not ask the policy (HTML, "prepare the script element"), but checkers do.
    """
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
