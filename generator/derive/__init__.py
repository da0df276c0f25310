"""What follows from the records: passages, origins, coverage, timelines, matrix. Pure functions of the library."""

from generator.derive.coverage import Coverage, Sentence, count_words
from generator.derive.matrix import NO_SOURCE, OTHERS, Answer, Matrix, Row
from generator.derive.origins import UNNAMED, Origin, Tally, origin_of, tally
from generator.derive.passages import Cited, Passage
from generator.derive.roots import root_of
from generator.derive.said import Said
from generator.derive.standing import Flag, Standing
from generator.derive.timeline import Timelines, order_claims
from generator.derive.views import Views, derive
from generator.derive.wording import count, explain_reports, join, label_said, name_of, name_origin

__all__ = [
    "NO_SOURCE",
    "OTHERS",
    "UNNAMED",
    "Answer",
    "Cited",
    "Coverage",
    "Flag",
    "Matrix",
    "Origin",
    "Passage",
    "Row",
    "Said",
    "Sentence",
    "Standing",
    "Tally",
    "Timelines",
    "Views",
    "count",
    "count_words",
    "derive",
    "explain_reports",
    "join",
    "label_said",
    "name_of",
    "name_origin",
    "order_claims",
    "origin_of",
    "root_of",
    "tally",
]
