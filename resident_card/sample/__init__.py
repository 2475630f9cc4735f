"""What the demonstration shows of the room, made through its verbs. Each module offers `load(moment)` and leaves alone what is there."""

from datetime import datetime
from importlib import import_module

from django.db import transaction
from django.utils.module_loading import module_has_submodule

from resident_card import sample

ORDER = ("packages", "people", "applying", "families", "cards", "partners")  # later ones stand on earlier ones


@transaction.atomic
def load(moment: datetime) -> None:
    for name in ORDER:
        if module_has_submodule(sample, name):
            import_module(f"{__name__}.{name}").load(moment)
