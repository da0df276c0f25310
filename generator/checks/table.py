"""The table of rules: one function, one code, one reason each. The Method page is made from it."""

from __future__ import annotations

from generator.checks import care, form, history, numbers, order, publication, quoting, verdicts
from generator.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    Rule(1, "quotation-not-found", "A quotation stands in the stored text of its source, letter for letter.", "A quotation that is nearly right is wrong.", quoting.check_not_found),
    Rule(1, "quotation-not-unique", "A quotation stands in the stored text once.", "Readers must know which passage is meant.", quoting.check_not_unique),
    Rule(1, "quotation-too-short", "A quotation has 12 characters or more.", "A word or two identify no passage.", quoting.check_too_short),
    Rule(2, "figure-not-cited", "Every figure in a claim stands in what the claim cites, or is computed from it.", "Figures are what is most often mistyped and most often quoted.", numbers.check_figure),
    Rule(2, "equation-wrong", "A computation holds, and uses cited figures.", "Readers can follow every sum.", numbers.check_equation),
    Rule(2, "number-not-carried", "For a number, every item that counts carries the figure.", "Two reports of different figures are not two reports of one.", numbers.check_number_is_carried),
    Rule(2, "quotation-without-text", "Only a stored text is quoted.", "Words that cannot be checked are not put in quotation marks.", quoting.check_without_text),
    Rule(2, "qualifier-dropped", "“At least”, “about”, “up to” and “more than” are kept.", "Dropping them turns an estimate into a fact.", numbers.check_qualifier, "warning"),
    Rule(3, "wrong-entity-type", "A place is a place and an outlet is an outlet.", "Pages and counts go by these types.", form.check_entity_type),
    Rule(3, "removed-id", "A published id stays, or leads to the record that replaced it.", "Addresses that were cited must go on working.", history.check_removed),
    Rule(4, "bar-not-met", "“Supported” and “refuted” rest on two independent origins or one primary document.", "Many reports of one voice are one voice.", verdicts.check_bar),
    Rule(4, "credible-opposition", "“Supported” and “refuted” have nothing credible on the other side.", "Where credible accounts disagree, readers see both.", verdicts.check_opposition),
    Rule(4, "not-a-document", "Only the record itself is a document.", "A report about a document can be wrong about it.", verdicts.check_document),
    Rule(4, "absence-without-search", "That something has not happened is supported only by a search.", "Nobody can testify to everything that did not happen.", verdicts.check_search),
    Rule(4, "absence-without-instance", "That something has not happened is refuted by one instance within its time.", "One instance is enough, and a later one says nothing.", verdicts.check_instance),
    Rule(5, "rival-missing", "“Conflicting” names a rival account from a different origin.", "A conflict has two sides, and both are shown.", verdicts.check_rival),
    Rule(5, "unknowns-missing", "“Conflicting” and “not enough evidence” list what is not known.", "It tells what would settle the question.", verdicts.check_unknowns),
    Rule(5, "missing-context", "“Needs context” names what is missing.", "Otherwise it is only a frown.", verdicts.check_missing),
    Rule(5, "why-missing", "Every verdict has a reason.", "Readers should not have to trust us.", verdicts.check_why),
    Rule(6, "opinion-judged", "An opinion or a forecast is not judged true or false.", "Only what can be known is judged.", verdicts.check_opinion),
    Rule(6, "fact-not-judged", "“Not checkable” is for opinions and forecasts.", "It is no way out of a hard question.", verdicts.check_checkable),
    Rule(7, "said-is-not-so", "That somebody said it never supports that it is so.", "Repetition is not evidence.", verdicts.check_said),
    Rule(7, "speaker-missing", "A statement names its speaker.", "What is judged is that this person said it.", verdicts.check_speaker),
    Rule(8, "log-differs", "The last entry of the log is the verdict.", "Nothing is edited silently.", history.check_log),
    Rule(8, "log-out-of-order", "The log runs forward in time and ends by the day of the build.", "A history that jumps proves nothing.", history.check_log_order),
    Rule(8, "check-missing", "A judged claim says who checked it, and when.", "A verdict has an author and a date.", history.check_checked),
    Rule(8, "silent-edit", "Changed words and verdicts have a new log entry or a correction.", "Readers who come back see what changed.", history.check_silent_edit),
    Rule(9, "hop-out-of-order", "Hops run forward in time.", "Nobody passes on what has not been said yet.", order.check_hops),
    Rule(9, "claim-after-source", "No claim is dated after its source.", "A source cannot report what came after it.", order.check_dated_after_source),
    Rule(9, "refuted-by-later", "What was said after the time of the claim does not refute it.", "A claim is judged as of its time.", order.check_refuted_later),
    Rule(9, "after-circle", "No claim comes after itself.", "A day has an order.", order.check_after),
    Rule(10, "chain-circle", "No chain goes in a circle.", "A circle has no origin.", order.check_chain_circle),
    Rule(10, "affiliation-circle", "No entity stands behind itself.", "Voices fold to a root.", order.check_affiliations),
    Rule(11, "text-changed", "The stored text of a published source does not change without a correction.", "Quotations are checked against it.", history.check_text_changed),
    Rule(12, "quotation-too-long", "A quotation stays within the excerpt limit.", "The text belongs to somebody else.", publication.check_quotation_length),
    Rule(12, "share-too-large", "The share of a text that is quoted stays within the excerpt limit.", "The text belongs to somebody else.", publication.check_share),
    Rule(13, "as-stated-not-quoted", "A source's own date words stand in a quotation.", "Dates are where paraphrase goes wrong.", form.check_as_stated),
    Rule(14, "event-without-basis", "An event rests on claims or evidence.", "A timeline is only as good as what bears it.", form.check_event_basis),
    Rule(14, "stored-differs", "`stored` agrees with the text that is there.", "Coverage is counted from it.", form.check_stored),
    Rule(14, "summary-missing", "A source without a stored text has a summary.", "Readers should learn what it says.", form.check_summary),
    Rule(14, "prose-link", "Prose links only to records, http(s) and mailto.", "Content is data, never code.", form.check_prose),
    Rule(0, "one-conduit", "Not everything passes through one relay.", "One relay's slip would be everybody's.", care.check_conduit, "warning"),
    Rule(0, "one-checker", "Two people have checked a claim.", "Four eyes see more.", care.check_one_checker, "warning"),
    Rule(0, "not-archived", "A source has an archived copy.", "Pages change and vanish.", care.check_archived, "warning"),
    Rule(0, "review-overdue", "Claims are looked at again in time.", "What was true may be outdated.", care.check_review, "warning"),
    Rule(0, "sentence-unaccounted", "Every sentence of a stored text is cited or skipped for a reason.", "Readers see what was checked and what was not.", care.check_sentences, "warning"),
)  # fmt: skip
"""All rules about meaning, in the order of their numbers; warnings outside them last."""

LEAK = Rule(
    12,
    "unquoted-text",
    "Of a source shown in excerpts, only quoted characters reach the site.",
    "The text belongs to somebody else; neither the search index nor the data files may give away the rest.",
    lambda _context: iter(()),
)
"""Checked on the finished pages (`find_leaks`), since only they show what would be published."""
