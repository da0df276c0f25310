"""Which addresses a link may carry: http, https and mailto; on our own pages also relative ones."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

WEB_SCHEMES = frozenset({"http", "https", "mailto"})
RECORD_SCHEMES = frozenset({"claim", "event", "source", "entity", "topic", "page"})
"""Schemes of links within the site: the kinds of record, and `page:` for pages by name (`page:method`)."""

# https://url.spec.whatwg.org/#forbidden-domain-code-point: browsers follow no such link, and nh3 drops it.
# Nor one with a mark that an address spells as `%60` and the like.
_HOST = re.compile(r"[^\x00-\x20\x7f#/:<>?@\[\\\]^|%`{}\"]+")
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
        host = parts.hostname if parts.port is None or parts.port else ""
    except ValueError:
        return False
    sound = bool(host) and (parts.netloc.startswith("[") or _HOST.fullmatch(host or "") is not None)
    return rest.startswith("//") and sound and "@" not in parts.netloc and "\\" not in address


def is_relative(address: str) -> bool:
    """Tell whether an address stays within the site: no scheme, no host, no leading slash or backslash."""
    return not address.startswith(("/", "\\")) and not re.match(r"[^/?#]*:", address) and "\\" not in address


def is_page_link(address: str) -> bool:
    """Tell whether a link of a generated page may carry this address."""
    return is_web_address(address) or is_relative(address)
