"""Pictures of the processes, drawn from the transition tables themselves (docs/states/, compared in CI)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps

NOTE = "Drawn by `manage.py draw_states` from the model's `TRANSITIONS`; do not edit by hand."


def diagrams() -> Iterator[tuple[str, str]]:
    """File name and text for each model that moves."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label_lower):
        if "TRANSITIONS" in vars(model) and not model._meta.proxy:
            yield f"{model._meta.label_lower}.md", diagram(model)


def diagram(model: Any) -> str:
    """The arrows with who moves them; states that nothing leaves are ends."""
    field = model._meta.get_field("status")
    lines = [f'    state "{label}" as {value}' for value, label in field.choices or ()]
    if field.has_default():
        lines.append(f"    [*] --> {field.get_default()}")
    lines += [f"    {old} --> {new}: {_who(side)}" for old, arrows in model.TRANSITIONS.items() for new, side in arrows.items()]
    lines += [f"    {value} --> [*]" for value, _ in field.choices or () if not model.TRANSITIONS.get(value)]
    picture = "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])
    return f"# {model._meta.label_lower}: {model._meta.verbose_name}\n\n{NOTE}\n\n{picture}\n"


def _who(side: str | tuple[str, ...]) -> str:
    return side if isinstance(side, str) else ", ".join(side)


def differences(folder: Path) -> list[str]:
    """Names of drawings that are missing, out of date or of models that are gone."""
    drawn = dict(diagrams())
    stored = {path.name: path.read_text() for path in folder.glob("*.md")}
    return sorted(name for name in drawn.keys() | stored.keys() if drawn.get(name) != stored.get(name))


def draw(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    drawn = dict(diagrams())
    for name, text in drawn.items():
        (folder / name).write_text(text)
    for path in folder.glob("*.md"):
        if path.name not in drawn:
            path.unlink()
