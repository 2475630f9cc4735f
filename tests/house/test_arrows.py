"""Relations between our models point down the house, never up and never sideways.

import-linter guards imports; it can not see a foreign key named by a string, so this walks the models.
"""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

FLOOR = {
    "accounts": 0,
    "office": 1,
    "residents": 2,
    "schemas": 3,
    "payments": 3,
    "eboi": 4,
    "consultations": 4,
    "resident_card": 4,
    "wifi_points": 4,
    "announcements": 4,
    "dues": 4,
    "pszok": 5,
    "pruszcz_portal": 6,
}
ROOMS = [name for name in FLOOR if (settings.BASE_DIR / name).is_dir()]


def relations():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.concrete and target and target._meta.app_label in FLOOR and model._meta.app_label in FLOOR:
                yield f"{model._meta.label}.{field.name}", model._meta.app_label, target._meta.app_label


def test_every_relation_between_rooms_points_down():
    wrong = [name for name, source, target in relations() if source != target and FLOOR[target] >= FLOOR[source]]

    assert wrong == []


def test_the_walk_sees_relations_at_all():
    assert len(list(relations())) > 20


def sources():
    for room in [*ROOMS, "ui"]:
        for path in sorted((settings.BASE_DIR / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def offences(path: Path):
    """Signal receivers, save() overrides and statuses assigned outside the one door."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.name == "save" and "forms" not in path.name:
            yield f"{path}:{node.lineno} overrides save()"
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("dispatch"):
            yield f"{path}:{node.lineno} imports a signal receiver"
        if isinstance(node, ast.Assign) and path.name != "transitions.py":
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr == "status":
                    yield f"{path}:{node.lineno} assigns .status; call office.transitions.move"


def test_no_room_uses_signals_overrides_save_or_assigns_a_status():
    found = [offence for path in sources() for offence in offences(path)]

    assert found == []


@pytest.mark.parametrize("room", [*ROOMS, "ui"])
def test_no_room_has_a_junk_drawer(room):
    names = {path.stem for path in (settings.BASE_DIR / room).rglob("*.py")}

    assert names.isdisjoint({"utils", "helpers", "common", "core", "services", "signals", "misc"})
