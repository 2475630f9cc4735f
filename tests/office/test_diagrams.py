"""The pictures of processes are drawn from the tables and can not lag behind."""

import pytest
from django.core.management import CommandError, call_command

from office import diagrams
from tests.office.errands import Errand


def test_picture_shows_arrows_sides_beginning_and_end():
    assert diagrams.diagram(Errand).split("```")[1] == (
        "mermaid\nstateDiagram-v2\n"
        '    state "złożona" as sent\n'
        '    state "w toku" as open\n'
        '    state "zakończona" as done\n'
        "    [*] --> sent\n"
        "    sent --> open: clerk\n"
        "    open --> done: clerk\n"
        "    open --> sent: resident\n"
        "    done --> [*]\n"
    )


def test_stored_pictures_are_current():
    call_command("draw_states", "--check")


def test_old_missing_and_orphaned_pictures_are_named(tmp_path):
    diagrams.draw(tmp_path)
    assert diagrams.differences(tmp_path) == []
    names = sorted(path.name for path in tmp_path.iterdir())

    (tmp_path / "gone.model.md").write_text("x")
    (tmp_path / names[0]).write_text("x")

    assert diagrams.differences(tmp_path) == sorted([names[0], "gone.model.md"])
    diagrams.draw(tmp_path)
    assert diagrams.differences(tmp_path) == []


def test_check_fails_on_a_difference(tmp_path, monkeypatch):
    monkeypatch.setattr("office.management.commands.draw_states.FOLDER", tmp_path)

    with pytest.raises(CommandError, match="out of date"):
        call_command("draw_states", "--check")
