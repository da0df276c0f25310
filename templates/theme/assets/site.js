// What every page gains from a script: opening the search dialog with a key, copying a citation.
