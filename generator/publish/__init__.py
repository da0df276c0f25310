"""From MkDocs' staging folder to `site/`: the search index, the journal, the security policy, progress."""
