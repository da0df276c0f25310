"""Who may see the preview, which shows what nobody has published: its reader, and no web page that is open beside it.

The server listens on this machine alone, but every page in a browser on this machine can ask it for something. One that has its
own name point here (DNS rebinding) could even read the answers; it is known by that name, which stands in `Host`. One that
only loads pictures, scripts or frames from here learns what there is; browsers mark such requests (`Sec-Fetch-Site`, Fetch
Metadata).
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::[0-9]{1,5})?")
_OWN = frozenset({"none", "same-origin"})


class Refusal(NamedTuple):
    """Why a request is not answered.

    Attributes:
        status: of HTTP.
        words: for whoever reads it.
    """

    status: str
    words: str


MISDIRECTED = Refusal("421 Misdirected Request", "The preview answers to the names of this machine only.")
FOREIGN = Refusal("403 Forbidden", "The preview is not shown within the pages of other sites.")
MALFORMED = Refusal("400 Bad Request", "This is no address.")


def find_refusal(environment: WSGIEnvironment, own: str) -> Refusal | None:
    """Tell why a request is not answered; None where it is.

    Args:
        environment: the request.
        own: the name or address that the server was told to listen at.
    """
    if "\0" in environment.get("PATH_INFO", ""):
        return MALFORMED
    if not _is_own(environment.get("HTTP_HOST", "localhost"), own):
        return MISDIRECTED
    is_visit = (
        environment.get("HTTP_SEC_FETCH_MODE") == "navigate" and environment.get("HTTP_SEC_FETCH_DEST") == "document"
    )
    if environment.get("HTTP_SEC_FETCH_SITE", "none") not in _OWN and not is_visit:
        return FOREIGN
    return None


def _is_own(host: str, own: str) -> bool:
    """Tell whether a host is this machine: `localhost`, an address, or what the server was told to listen at.

    An address is never somebody else's name. The one that means all (0.0.0.0, ::) is no address of a machine.
    """
    match = _HOST.fullmatch(host)
    if match is None:
        return False
    name = match[1].strip("[]").lower()
    if name in ("localhost", own.lower()) or name.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(name).is_unspecified
    except ValueError:
        return False


def admit(application: WSGIApplication, own: str) -> WSGIApplication:
    """Let an application answer only what it should; see `find_refusal`."""

    def answer(environment: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        refusal = find_refusal(environment, own)
        if refusal is None:
            return application(environment, start_response)
        body = f"{refusal.words}\n".encode()
        start_response(
            refusal.status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        )
        return [body]

    return answer
