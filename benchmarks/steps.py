"""A benchmark's steps, each in a process of its own inside the stand: `python -m benchmarks.X STEP [number ...]`."""

import json
import sys
from typing import Any


def run(steps: dict[str, Any]) -> None:
    """Do the step that the command line names among the globals of its module, and print what it made as JSON."""
    import django

    django.setup()
    step, *numbers = sys.argv[1:]
    made = steps[step](*map(int, numbers))
    if made is not None:
        print(json.dumps(made))
