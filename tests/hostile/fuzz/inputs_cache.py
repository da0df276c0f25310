"""Harm to what builds keep, as it is drawn: seals, bytes, values, journals, answers, frames, notes."""

from __future__ import annotations

import hashlib
import json

from hypothesis import strategies as st

STAGED = "<p>staged"
"""What is about to be published."""

DIGEST = hashlib.sha256(STAGED.encode()).hexdigest()

_JSON: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**12) | st.text(max_size=6), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(("target", "files", "deleted", "nodes", "marks", "begins", "first_line", "body", "a")), inner, max_size=5), max_leaves=10
)  # fmt: skip


@st.composite
def _journals(draw: st.DrawFn) -> object:
    digest = DIGEST if draw(st.booleans()) else draw(st.text(max_size=4))
    path = draw(
        st.sampled_from(
            ("a/b.html", "../x", "/etc/x", "a/../../x", "a\\b", "", ".", "a//b", "CON", "a\0b", ".git/config")
        )
    )
    files = (
        {path: [draw(st.sampled_from(("$R/build/staged.html", "$R/mkdocs.yml", "/etc/passwd", "x"))), digest]}
        if draw(st.booleans())
        else draw(_JSON)
    )
    return {
        "target": draw(st.sampled_from(("$R/site", "$R", "/etc"))),
        "files": files,
        "deleted": draw(st.lists(st.sampled_from(("c.html", "../y", "/z", ".git/x", "")), max_size=2)),
    }


def strategy() -> st.SearchStrategy[bytes]:
    """Draw harm of each kind."""
    written = _JSON.map(lambda value: json.dumps(value).encode())
    values = st.one_of(
        written,
        st.binary(max_size=12),
        st.sampled_from(
            (b"", b"null", b"[]", b"{}", b'"x"', b"0", b"[[[],0,0]]", b"-1", b"NaN", b"\x00" * 8, b"\xff" * 16)
        ),
    )
    drawn = (
        st.binary(max_size=60), st.binary(max_size=40), st.builds(lambda where, value: where + value, st.binary(min_size=3, max_size=3), values),
        _journals().map(lambda value: json.dumps(value).encode()) | written, st.binary(max_size=60) | written, written, values | st.text("\x1e\x1fclaim0129", max_size=20).map(str.encode),
    )  # fmt: skip
    return st.one_of(
        *(st.builds(lambda data, kind=kind: bytes([kind]) + data, harm) for kind, harm in enumerate(drawn))
    )


WORDS = (
    b"null", b"true", b'"target":', b'"files":', b'"deleted":', b'"nodes":', b'"marks":', b'"begins":', b'"first_line":', b'"body":', b'"HAAA="', b'"IAAAAAA=="',
    b"[[", b"]]", b"{}", b"failed ", b"\n\n", b"\x1e", b"\x1f", b"../", b"/", b"\x00\x00\x00\x00\x00\x00\x00\x00", b"\xff\xff\xff\xff\xff\xff\xff\xff", b"1e999", b"-1",
)  # fmt: skip
