"""Check the quotations of an evidence manifest against the texts that you hold: `python verify.py evidence.json TEXTS`.

It needs Python 3.9 or later and nothing else: nothing of the site, nothing of whoever made it. The manifest is data/evidence.json of
a site; it says what each stored text hashes to, and where in it each quotation stands. TEXTS is a folder, or files. A file belongs
to the source after which it is named, SOURCE-ID.txt; under any other name, to the source of which its hash says that it is the text.
A text is what a reader of the source saw, without markup, in UTF-8. What editors add (a byte order mark, line ends of Windows, a
line end at the end) is passed over, and said.

In a text that is not the stored one each quotation holds (the same words at the same place), or has moved (the same words, at
another place), or is broken (other words: the first other letter is named), or cannot be told (its words are not public). Such a
text counts as different even where all its quotations hold, since what stands beside them may turn their sense round.

Exit codes: 0 every text that is held is the stored one, and one is held at least; 1 something differs; 2 nothing was verified.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STEERING = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_LARGEST = 1 << 26  # bytes: nobody stores a longer text, so what is longer is another one
_MOST = 8  # places where a broken quotation is looked for; names that are listed


class ManifestError(Exception):
    """Why the manifest cannot be used, to stand behind "The manifest"."""


def read_manifest(data: bytes) -> dict[str, Any]:
    """Read a manifest, whatever it holds, and put each quotation under its text; raises ManifestError."""
    try:
        plain = json.loads(data, object_pairs_hook=_refuse_doubles)
    except (ValueError, RecursionError):
        raise ManifestError("is not JSON") from None
    if (_get(plain, "format", str), _get(plain, "version", int)) != ("factsheet-evidence", 1):
        raise ManifestError("is not of the format factsheet-evidence, version 1")
    texts: dict[str, Any] = {}
    for item in _get(plain, "texts", list):
        source = _get(item, "source", str)
        if source in texts:
            raise ManifestError(f"lists the text of {source} twice")
        texts[source] = {name: _get(item, name, kind) for name, kind in (("sha256", str), ("characters", int))}
        texts[source]["quotations"] = []
    unchecked = 0
    for item in _get(plain, "quotations", list):
        one, source, result, _ = (_get(item, name, str) for name in ("id", "source", "result", "record"))
        if result == "not-checked":
            unchecked += 1
        elif result == "found" and source in texts and _is_sound(item, texts[source]["characters"]):
            texts[source]["quotations"].append(item)
        else:
            raise ManifestError(f"does not say where {one} stands, or contradicts itself about it")
    return {"texts": texts, "unchecked": unchecked}


def _refuse_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name that stands twice: programs differ in which of the two they read."""
    if len(dict(pairs)) < len(pairs):
        raise ManifestError("gives a name twice in one place")
    return dict(pairs)


def _get(item: object, name: str, kind: type) -> Any:  # noqa: ANN401 - of that type
    value = item.get(name) if isinstance(item, dict) else None
    if type(value) is not kind:
        raise ManifestError(f"lacks `{name}`, or holds there what is no {kind.__name__}")
    return value


def _is_sound(item: dict[str, Any], characters: int) -> bool:
    """Tell whether the spans lie in the text, with words and hashes, if any, that fit them and each other."""
    spans = _get(item, "spans", list)
    pairs = [pair for pair in spans if isinstance(pair, list) and [type(place) for place in pair] == [int, int]]
    parts = [_get(item, name, list) for name in ("exact", "sha256") if name in item]
    if not spans or pairs != spans or not all(0 <= start < end <= characters for start, end in pairs):
        return False
    if not all([type(part) for part in given] == [str] * len(spans) for given in parts):
        return False
    if "exact" in item and [len(words) for words in item["exact"]] != [end - start for start, end in pairs]:
        return False
    return len(parts) < len(("exact", "sha256")) or [_hash(words) for words in parts[0]] == parts[1]


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def judge(manifest: dict[str, Any], source: str, file: str, data: bytes) -> dict[str, Any]:
    """Compare the bytes of a file with what the manifest says of the text of a source; list the quotations that do not hold."""
    stored = manifest["texts"][source]
    form, passed = (data, "") if hashlib.sha256(data).hexdigest() == stored["sha256"] else _tidy(data)
    text = form.decode("utf-8", "replace")
    same = hashlib.sha256(form).hexdigest() == stored["sha256"] and len(text) == stored["characters"]
    odd = _compare(text, [one for one in stored["quotations"] if not _holds(text, one, same=same)])
    sizes = {"characters": len(text), "stored": stored["characters"], "hold": len(stored["quotations"]) - len(odd)}
    return {"source": source, "file": file, "same": same, "passed_over": passed, **sizes, "quotations": odd}


def _tidy(data: bytes) -> tuple[bytes, str]:
    """Take out of the bytes of a file what editors add, and name it."""
    plain = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    marks = {"a byte order mark": data.startswith(b"\xef\xbb\xbf"), "line ends of Windows": b"\r\n" in data,
             "a line end at the end": plain.endswith(b"\n")}  # fmt: skip
    return plain.removesuffix(b"\n"), " and ".join(name for name, there in marks.items() if there)


def _holds(text: str, one: dict[str, Any], *, same: bool) -> bool:
    words = [text[start:end] for start, end in one["spans"]]
    if "exact" in one:
        return bool(words == one["exact"])
    return [_hash(part) for part in words] == one["sha256"] if "sha256" in one else same


def _compare(text: str, odd: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tell what became of quotations that do not hold."""
    parts = [part for one in odd for part in _list_parts(one)]
    shifts = Counter(place - start for start, words in parts if (place := _find_once(text, words)) >= 0)
    return [_explain(text, one, [0, *(shift for shift, _ in shifts.most_common(_MOST))]) for one in odd]


def _list_parts(one: dict[str, Any]) -> list[tuple[int, str]]:
    return list(zip((start for start, _ in one["spans"]), one.get("exact", ())))  # noqa: B905 - `strict` is of Python 3.10


def _find_once(text: str, words: str) -> int:
    place = text.find(words)
    return place if text.find(words, place + 1) < 0 else -1


def _explain(text: str, one: dict[str, Any], shifts: Sequence[int]) -> dict[str, Any]:
    """Look for the parts of a quotation in their places, then as far off as most others are, then where the words stand once."""
    told = {"id": one["id"], "record": one["record"], "result": "moved" if "exact" in one else "cannot be told"}
    unmoved = {start for start, words in _list_parts(one) if text.startswith(words, start)}
    broken, starts, end = [], [], 0
    for start, words in _list_parts(one):
        places = [place for place in (*(start + shift for shift in shifts), _find_once(text, words)) if place >= 0]
        seen = {place: text[place : place + len(words)] for place in places if place == start or place not in unmoved}
        like = [place for place, stands in seen.items() if 2 * _count_alike(words, stands) >= len(words)]
        place = like[0] if like else start  # the first where no more than a few letters differ
        if seen[place] == words and place >= end:
            starts.append(place)
            end = place + len(words)
        else:
            equal, count = _count_equal(words, seen[place]), text.count(words)
            broken.append({"expected": words, "stands": seen[place], "equal": equal, "elsewhere": count})
    return {**told, "result": "broken", "parts": broken} if broken else {**told, "starts": starts}


def _count_alike(one: str, other: str) -> int:
    """Count the letters at the two ends that are the same."""
    return _count_equal(one, other) + _count_equal(one[::-1], other[::-1])


def _count_equal(one: str, other: str) -> int:
    """Count the letters up to the first that differs."""
    least = min(len(one), len(other))
    return next((place for place in range(least) if one[place] != other[place]), least)


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_LARGEST)


def judge_files(manifest: dict[str, Any], names: Sequence[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Judge the texts in files and folders; give the names of the other files too; raises OSError."""
    texts, files = manifest["texts"], list[Path]()
    for path in map(Path, names):
        files += sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    named = {f"{source}.txt": source for source in texts}
    judged = [judge(manifest, named[file.name], file.name, _read(file)) for file in files if file.name in named]
    most = min(_LARGEST, 5 * max((stored["characters"] for stored in texts.values()), default=0))  # no text has more
    unknown: list[str] = []
    for file in (file for file in files if file.name not in named):
        data = file.read_bytes() if file.stat().st_size <= most else None
        digests = () if data is None else {hashlib.sha256(form).hexdigest() for form in (data, _tidy(data)[0])}
        sources = [source for source, stored in texts.items() if stored["sha256"] in digests]
        missing = set(sources).difference(one["source"] for one in judged)
        judged += [judge(manifest, source, file.name, data or b"") for source in sources if source in missing]
        unknown += [] if sources else [file.name]
    return judged, unknown


def tell(manifest: dict[str, Any], judged: list[dict[str, Any]], unknown: list[str], *, as_json: bool) -> int:
    """Print what was found; return the exit code."""
    held = {one["source"] for one in judged}
    report = {
        "texts": judged,
        "not_held": [source for source in manifest["texts"] if source not in held],
        "not_checked": manifest["unchecked"],
        "unknown_files": unknown,
    }
    _say(json.dumps(report, indent=1) if as_json else "\n".join(_write(report)))
    if not judged:
        return 2
    return 0 if all(one["same"] and not one["quotations"] for one in judged) else 1


def _write(report: dict[str, Any]) -> Iterator[str]:
    texts, absent, unknown = report["texts"], report["not_held"], report["unknown_files"]
    for one in texts:
        name, odd = f"{_quote(one['source'])} ({_quote(one['file'])})", one["quotations"]
        if not one["same"]:
            yield f"{name} is not the stored text: {one['characters']:,} characters, and {one['stored']:,} are stored."
            yield f"  {one['hold']} of its {one['hold'] + len(odd)} quotations hold."
        elif odd:
            yield f"{name} is the stored text, and the manifest is wrong about its quotations."
        elif one["passed_over"]:
            yield f"{name} is the stored text but for {one['passed_over']}."
        for quotation in odd:
            yield from _write_quotation(quotation)
    same = sum(one["same"] for one in texts)
    yield f"Texts: {same} as stored, {len(texts) - same} different, {len(absent)} not held{_list_names(absent)}."
    counts = Counter(quotation["result"] for one in texts for quotation in one["quotations"])
    others = "".join(f", {count} {result}" for result, count in sorted(counts.items()))
    yield f"Quotations in them: {sum(one['hold'] for one in texts)} hold{others}."
    if report["not_checked"]:
        yield f"Quotations that were not checked when the manifest was written: {report['not_checked']}."
    if unknown:
        yield f"Files that are none of these texts: {len(unknown)}{_list_names(unknown)}."


def _write_quotation(quotation: dict[str, Any]) -> Iterator[str]:
    where = f", letter for letter, to {', '.join(map(str, quotation['starts']))}" if quotation.get("starts") else ""
    yield f"  {_quote(quotation['id'])} ({_quote(quotation['record'])}): {quotation['result']}{where}."
    for part in quotation.get("parts", ()):
        expected, stands, place = part["expected"], part["stands"], part["equal"]
        yield f"    expected: “{_quote(expected)}”"
        yield f"    stands:   “{_quote(stands)}”"
        if place < len(expected):
            instead = f"{_name(stands[place])} stands there" if place < len(stands) else "the text ends before it"
            yield f"    letter {place + 1}: {_name(expected[place])} is expected, {instead}."
        if part["elsewhere"]:
            yield f"    Places elsewhere in the text with the words expected: {part['elsewhere']}."


def _name(letter: str) -> str:
    return f"“{_quote(letter)}” (U+{ord(letter):04X} {unicodedata.name(letter, 'without a name')})"


def _quote(text: str) -> str:
    """Write what could steer a terminal as visible escapes."""
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape", "surrogatepass").decode(), text)


def _list_names(names: Sequence[str]) -> str:
    more = [f"and {len(names) - _MOST} more"] if len(names) > _MOST else []
    return f" ({', '.join([*map(_quote, names[:_MOST]), *more])})" if names else ""


def _say(text: str, *, wrong: bool = False) -> None:
    stream = sys.stderr if wrong else sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def run(path: str, names: Sequence[str], *, as_json: bool = False) -> int:
    """Verify the texts in files and folders against the manifest at a path; print what was found, return the exit code."""
    try:
        manifest = read_manifest(Path(path).read_bytes())
        judged, unknown = judge_files(manifest, names)
    except ManifestError as error:
        _say(f"Error: The manifest {_quote(str(error))}.", wrong=True)
        return 2
    except OSError as error:
        _say(f"Error: {_quote(str(error.filename))} cannot be read: {error.strerror}.", wrong=True)
        return 2
    return tell(manifest, judged, unknown, as_json=as_json)


def main() -> int:
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", help="data/evidence.json of a site")
    parser.add_argument("texts", nargs="+", help="a folder with the texts, or files")
    parser.add_argument("--json", action="store_true", help="print all that was found as JSON")
    given = parser.parse_args()
    try:
        code = run(given.manifest, given.texts, as_json=given.json)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever was reading has stopped
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
