"""The forms for readers are such as GitHub takes, and the site's links to report an error fill them in.

What GitHub demands: docs.github.com, "Common validation errors when creating issue forms" and "Syntax for GitHub's form
schema". It says nothing when a form breaks these rules: the form is simply not offered.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from conftest import ROOT

from generator.filters import name_record

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMS = ROOT / ".github/ISSUE_TEMPLATE"
NAMES = ("report-an-error.yml", "suggest-a-source.yml")

TOP = {"name", "description", "body", "title", "labels", "assignees", "projects", "type"}
# For each kind of field: the attributes it must have, and those it may have.
FIELDS = {
    "markdown": ({"value"}, set[str]()),
    "input": ({"label"}, {"description", "placeholder", "value"}),
    "textarea": ({"label"}, {"description", "placeholder", "value", "render"}),
    "dropdown": ({"label", "options"}, {"description", "multiple", "default"}),
    "checkboxes": ({"label", "options"}, {"description"}),
}
FORBIDDEN_WORDS = ("password", "passwd", "credential", "secret", "token")


def find_faults(text: str) -> list[str]:
    """What GitHub would hold against a form."""
    form = yaml.safe_load(text)  # as GitHub reads it: a bare `yes` is no text
    faults = [f"{key} is missing" for key in ("name", "description", "body") if not form.get(key)]
    faults += [f"{key} is not a key of a form" for key in form if key not in TOP]
    faults += [f"{key} must be a text" for key in ("name", "description", "title") if not is_text(form.get(key, "x"))]
    body = form.get("body") or []
    for number, one in enumerate(body):
        faults += [f"body[{number}]: {fault}" for fault in find_faults_in_field(one)]
    if all(one.get("type") == "markdown" for one in body):
        faults.append("there is nothing to fill in")
    for what, used in (("id", list_ids(body)), ("label", list_labels(body))):
        faults += [f"{what} {name} stands twice" for name, times in Counter(used).items() if times > 1]
    return faults


def find_faults_in_field(one: dict[Any, Any]) -> Iterator[str]:
    kind, attributes = one.get("type"), one.get("attributes") or {}
    if kind not in FIELDS:
        yield f"{kind} is not a kind of field"
        return
    must, may = FIELDS[kind]
    yield from (
        f"{key} is not a key of a field" for key in one if key not in {"type", "id", "attributes", "validations"}
    )
    yield from (f"{key} is missing" for key in must if not attributes.get(key))
    yield from (f"{key} is not an attribute of {kind}" for key in attributes if key not in must | may)
    yield from (
        f"{key} must be a text"
        for key in {"label", "value", "description"} & set(attributes)
        if not is_text(attributes[key])
    )
    if "id" in one and (kind == "markdown" or not re.fullmatch(r"[A-Za-z0-9_-]+", str(one["id"]))):
        yield f"{one['id']} cannot be an id"
    yield from (
        f"{word} may not be in a label" for word in FORBIDDEN_WORDS if word in str(attributes.get("label")).lower()
    )
    validations = one.get("validations") or {}
    if set(validations) - {"required"} or not all(isinstance(value, bool) for value in validations.values()):
        yield "validations can only be `required: true` or `required: false`"
    yield from find_faults_in_options(kind, attributes.get("options") or [])


def find_faults_in_options(kind: str, options: list[Any]) -> Iterator[str]:
    labels = [one.get("label") for one in options] if kind == "checkboxes" else options
    yield from (f"option {label} must be a text" for label in labels if not is_text(label))
    yield from (f"option {label} stands twice" for label, times in Counter(map(str, labels)).items() if times > 1)
    if kind == "dropdown" and "none" in [str(label).lower() for label in labels]:
        yield "option None is reserved"


def is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def list_ids(body: list[dict[str, Any]]) -> list[str]:
    return [str(one["id"]) for one in body if "id" in one]


def list_labels(body: list[dict[str, Any]]) -> list[str]:
    """The labels of what can be filled in, as GitHub compares them: letters and digits only."""
    found = []
    for one in body:
        attributes = one.get("attributes") or {}
        found.append(attributes.get("label"))
        if one.get("type") == "checkboxes":
            found += [option.get("label") for option in attributes.get("options", [])]
    return [re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") for label in found if isinstance(label, str)]


def read_form(name: str) -> dict[str, Any]:
    form: dict[str, Any] = yaml.safe_load((FORMS / name).read_text("utf-8"))
    return form


def test_these_are_all_the_forms_there_are() -> None:
    assert {path.name for path in FORMS.iterdir()} == {*NAMES, "config.yml"}
    assert len({read_form(name)["name"] for name in NAMES}) == len(NAMES)
    assert set(yaml.safe_load((FORMS / "config.yml").read_text("utf-8"))) <= {"blank_issues_enabled", "contact_links"}


@pytest.mark.parametrize("name", NAMES)
def test_github_takes_the_form(name: str) -> None:
    assert find_faults((FORMS / name).read_text("utf-8")) == []


SOUND = "name: A\ndescription: B\nbody:\n- type: input\n  id: one\n  attributes: {label: One}\n"


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        (SOUND, None),
        (SOUND.replace("name: A\n", ""), "name is missing"),
        (SOUND.replace("name: A", "name: yes"), "name must be a text"),
        (SOUND.replace("name: A", "name: A\ncolour: red"), "colour is not a key of a form"),
        (SOUND.replace("type: input", "type: field"), "body[0]: field is not a kind of field"),
        (SOUND.replace("{label: One}", "{}"), "body[0]: label is missing"),
        (SOUND.replace("{label: One}", "{label: true}"), "body[0]: label must be a text"),
        (SOUND.replace("{label: One}", "{label: Password}"), "body[0]: password may not be in a label"),
        (SOUND.replace("{label: One}", "{label: One, hint: x}"), "body[0]: hint is not an attribute of input"),
        (SOUND.replace("id: one", "id: first one"), "body[0]: first one cannot be an id"),
        (SOUND.replace("id: one", "required: true"), "body[0]: required is not a key of a field"),
        (SOUND + "  validations: {required: maybe}\n", "body[0]: validations can only be"),
        (SOUND + "- type: input\n  id: one\n  attributes: {label: Two}\n", "id one stands twice"),
        (SOUND + '- type: textarea\n  attributes: {label: "One?"}\n', "label one stands twice"),
        (SOUND + "- type: dropdown\n  attributes: {label: D, options: [a, a]}\n", "body[1]: option a stands twice"),
        (SOUND + "- type: dropdown\n  attributes: {label: D, options: [yes, a]}\n", "body[1]: option True must be"),
        (SOUND + "- type: dropdown\n  attributes: {label: D, options: [None, a]}\n", "body[1]: option None is reserved"),
        ("name: A\ndescription: B\nbody:\n- type: markdown\n  attributes: {value: C}\n", "there is nothing to fill in"),
    ],
)  # fmt: skip
def test_what_github_refuses_is_seen(form: str, fault: str | None) -> None:
    found = find_faults(form)
    assert found == [] if fault is None else [one for one in found if one.startswith(fault)]


@pytest.mark.parametrize("name", NAMES)
def test_a_form_asks_for_no_private_data_and_has_it_confirmed(name: str) -> None:
    form = read_form(name)
    assert "Everybody can read what you write here" in form["body"][0]["attributes"]["value"]
    assert "private data" in form["body"][0]["attributes"]["value"]
    (boxes,) = [one for one in form["body"] if one["type"] == "checkboxes"]
    assert [option["required"] for option in boxes["attributes"]["options"]] == [True]


def test_the_contact_that_the_readme_shows_leads_to_the_form_and_fills_in_the_page() -> None:
    (contact,) = re.findall(
        r"^contact: (https://github\.com/\S+)$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )
    asked = parse_qs(urlsplit(name_record(contact, "claims", "mayor-says-work-begins-in-july")).query)
    form = read_form(asked.pop("template")[0])
    fields = {one.get("id"): one["type"] for one in form["body"]}
    assert {name: fields[name] for name in asked} == {"record": "input"}
    assert asked == {"record": ["claims/mayor-says-work-begins-in-july"]}


def test_the_checklist_for_proposed_changes_names_what_there_is() -> None:
    text = (ROOT / ".github/pull_request_template.md").read_text("utf-8")
    assert text.count("- [ ] ") >= 5
    named = re.findall(r"`([^`]+)`", text)
    assert [name for name in named if re.search(r"\.\w+$", name) and not (ROOT / name).exists()] == []
    assert "content/corrections.yml" in named
