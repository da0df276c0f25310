"""The catalogue of faults found while reading: one code, one title and one reason each.

Rules about meaning have their own table in `generator.checks`; both together make the Method page.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a file cannot be read as typed.

    Attributes:
        code: kebab-case name, as printed in diagnostics.
        title: what is demanded, in one sentence.
        reason: why it is demanded.
    """

    code: str
    title: str
    reason: str


_ALL = (
    Fault("not-utf-8", "A file is UTF-8 text.", "Other encodings turn letters into other letters, and a quotation would never match."),
    Fault("control-character", "A file holds no invisible control characters.", "They make two texts differ that look the same."),
    Fault("file-too-large", "A file stays below the size limit.", "One file must not make the build slow for everybody."),
    Fault("empty-file", "A file holds something.", "An empty file is usually one that was not saved."),
    Fault("unreadable-file", "A file can be read.", "What cannot be read would be missing from the site without a word."),
    Fault("outside-content", "A file lies inside `content/`, not behind a link that leads out of it.", "A link could publish any file of the machine."),
    Fault("unknown-place", "A file lies in a folder that the build reads.", "Otherwise it would be left out without a word."),
    Fault("odd-name", "The name of a file can be had on every system.", "Another editor's computer could not store the file, or would put it in the place of another."),
    Fault("yaml-syntax", "A file is valid YAML.", "Half a file is worse than none."),
    Fault("several-documents", "A file holds one YAML document.", "The second would be lost."),
    Fault("alias", "Content uses no anchors and aliases.", "A record says everything it says in its own lines."),
    Fault("tag", "Content uses no type tags.", "Fields know their types."),
    Fault("too-deep", "Lists and mappings are not nested without end.", "Records are at most a few levels deep."),
    Fault("too-long", "A value stays below its field's limit.", "Readers, cards and search results have room for so much."),
    Fault("key-not-text", "The name of a field is plain text.", "Fields have names."),
    Fault("duplicate-key", "A field is given once.", "YAML would keep the last one and lose the first."),
    Fault("comma-split-prose", "Prose inside `{...}` stands in quotation marks.", "A comma would cut the sentence in two."),
    Fault("comment-cuts-prose", "Prose with ` #` in it stands in quotation marks.", "YAML would take the rest of the line for a comment and lose it."),
    Fault("no-front-matter", "A Markdown file begins with its fields between two lines `---`.", "Without them nobody knows what the text is."),
    Fault("not-a-record", "A file holds one record or a list of records.", "Anything else has no page."),
    Fault("missing-field", "A required field is given.", "The record would not be complete."),
    Fault("unknown-key", "Only known fields are used.", "A misspelt field would be ignored."),
    Fault("wrong-type", "A value has the form its field expects.", "A list where a text belongs hides a slip of indentation."),
    Fault("unknown-word", "A word of the vocabulary is used where one is expected.", "Labels, filters and rules go by these words."),
    Fault("bad-date", "A date is a real date in EDTF.", "A date that does not exist cannot be put in order."),
    Fault("bad-id", "An id is lower-case kebab, 80 characters at most.", "It becomes an address and never changes."),
    Fault("bad-url", "An address begins with https:// or http://.", "Readers must be able to follow it safely."),
    Fault("bad-chain", "A chain names its voices, the origin first.", "Origins are counted from it."),
    Fault("quote-or-finding", "A citation has either a quotation or a finding.", "The words of the source and our own words are kept apart."),
    Fault("duplicate-id", "An id is used once.", "It is the address of one record."),
    Fault("reused-id", "An earlier id is never given to another record.", "Old addresses must lead to the record they always meant."),
    Fault("unresolved-reference", "Every id that is referred to exists.", "A link that leads nowhere breaks the chain from claim to source."),
    Fault("vocabulary", "The vocabulary has every word the rules refer to.", "Verdicts without their rule could not be held to it."),
    Fault("settings", "The settings are complete and of the right form.", "Every page carries them."),
)  # fmt: skip

FAULTS: Mapping[str, Fault] = MappingProxyType({fault.code: fault for fault in _ALL})
"""All faults by code, in the order in which a file is read."""
