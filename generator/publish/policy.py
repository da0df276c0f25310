"""The site's Content-Security-Policy, which the theme writes as `<meta>` because static hosts set no headers."""

from __future__ import annotations

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
