"""The names of all fields, by which a field is known where the mark in front of it is missing.

The models stand above this layer; a test holds the two together.
"""

from __future__ import annotations

NAMES = frozenset(
    {
        "about", "accessed", "address", "after", "all", "answer", "archived", "as", "as_stated", "authors",
        "bases", "basis", "by", "chain", "chains", "checked", "claim", "claimed", "claims", "computed",
        "contact", "content", "contradicts", "definition", "description", "digest", "discount", "evidence",
        "excerpt_limit", "finding", "first_address", "format", "from", "genre", "genres", "id", "implies",
        "imported", "in", "involves", "key", "kind", "kinds", "label", "language", "languages", "lead",
        "licence", "log", "missing", "name", "names", "note", "notes", "now", "on", "outcome", "outlet",
        "owned_by", "part_of", "parties", "phase", "phases", "prefix", "publish", "published", "publisher",
        "question", "questions", "quote", "rating", "reading_note", "records", "reprints", "rests_on",
        "review_after_days", "review_by", "rule", "says", "searched", "seen", "share", "sign", "skipped",
        "source", "speaker", "speaks_for", "stance", "stances", "stored", "suffix", "summary", "superseded_by",
        "terms", "text", "text_dir", "time_zone", "title", "topics", "translated_title", "type", "unknown",
        "unnamed", "until", "url", "verdict", "verdicts", "was", "when", "where", "who", "why", "wikidata",
        "words", "written"
    }
)  # fmt: skip
"""Every field of every kind of record, of the settings, of corrections and of pages."""

WORDS = NAMES & frozenset(
    {
        "about", "accessed", "address", "after", "all", "answer", "as", "by", "claim", "claimed", "claims",
        "contact", "content", "definition", "description", "discount", "evidence", "finding", "format", "from",
        "id", "imported", "in", "involves", "key", "kind", "label", "lead", "missing", "name", "names", "note",
        "notes", "now", "on", "outcome", "published", "publisher", "question", "questions", "quote", "records",
        "rule", "says", "share", "sign", "skipped", "source", "speaker", "stored", "summary", "terms", "text",
        "title", "topics", "type", "unknown", "until", "verdict", "was", "when", "where", "who", "why", "words",
        "written"
    }
)  # fmt: skip
"""Those that stand in front of a colon in prose, too: “The council says: ...”."""
