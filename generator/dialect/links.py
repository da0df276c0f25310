"""Which addresses a link may carry: http, https and mailto; on our own pages also relative ones."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

WEB_SCHEMES = frozenset({"http", "https", "mailto"})
RECORD_SCHEMES = frozenset({"claim", "event", "source", "entity", "topic", "page"})
"""Schemes of links within the site: the kinds of record, and `page:` for pages by name (`page:method`)."""

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):(.*)$", re.DOTALL)


def split_scheme(address: str) -> tuple[str, str]:
    """Split `scheme:rest`; the scheme is lower-case, and empty where there is none."""
    match = _SCHEME.match(address.strip())
    return (match[1].lower(), match[2]) if match else ("", address.strip())


def is_web_address(address: str) -> bool:
    """Tell whether an address is http, https (with a host, without a user name) or mailto, and nothing else."""
    scheme, rest = split_scheme(address)
    if scheme == "mailto":
        return "@" in rest
    if scheme not in WEB_SCHEMES:
        return False
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return rest.startswith("//") and bool(parts.hostname) and "@" not in parts.netloc and "\\" not in address


def is_relative(address: str) -> bool:
    """Tell whether an address stays within the site: no scheme, no host, no leading slash or backslash."""
    return not address.startswith(("/", "\\")) and not re.match(r"[^/?#]*:", address) and "\\" not in address


def is_page_link(address: str) -> bool:
    """Tell whether a link of a generated page may carry this address."""
    return is_web_address(address) or is_relative(address)
