"""The records editors type: frozen models, one per kind, whose fields are the YAML's fields."""

from generator.records.chains import Chain, Hop
from generator.records.claim import Check, Claim, Contradiction, Evidence, LogEntry, Search, Seen
from generator.records.entity import Affiliation, Entity
from generator.records.event import Event
from generator.records.fields import Day, Id, Imported, Model, Record
from generator.records.kinds import FOLDERS, KINDS, SITE_PAGES, KindName, folder_of
from generator.records.source import Skipped, Source
from generator.records.topic import Correction, Question, Topic

__all__ = [
    "FOLDERS",
    "KINDS",
    "SITE_PAGES",
    "Affiliation",
    "Chain",
    "Check",
    "Claim",
    "Contradiction",
    "Correction",
    "Day",
    "Entity",
    "Event",
    "Evidence",
    "Hop",
    "Id",
    "Imported",
    "KindName",
    "LogEntry",
    "Model",
    "Question",
    "Record",
    "Search",
    "Seen",
    "Skipped",
    "Source",
    "Topic",
    "folder_of",
]
