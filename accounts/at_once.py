"""Many tables in one step of a migration. Lowest room, so that every room's first migration can use it.

Django draws all related models anew after each step; with some two hundred steps over connected tables that took a minute of
every first start and of every test session. Here the state changes as a whole, and only the new models are drawn, beside those
that stand: as when Python loads one module after another.
"""

from django.db.migrations.operations.base import Operation, OperationCategory


class AtOnce(Operation):
    """The operations on one state. Only for what does not need the state between them: tables with all their fields, indexes and
    constraints, and triggers on them."""

    reduces_to_sql = True
    category = OperationCategory.MIXED

    def __init__(self, operations):
        self.operations = operations

    @property
    def reversible(self):
        return all(operation.reversible for operation in self.operations)

    def deconstruct(self):
        return self.__class__.__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label, state):
        drawn, before = state.__dict__.pop("apps", None), set(state.models)
        state.is_delayed = False  # drawn whole: else each later step that writes rows would draw them again
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        new = state.models.keys() - before
        if drawn is not None and self._changes_only(app_label, new):
            drawn.render_multiple([state.models[key] for key in state.models if key in new])
            state.__dict__["apps"] = drawn  # what an earlier table was is what it is

    def _changes_only(self, app_label, models):
        names = {name for one in self.operations if (name := getattr(one, "model_name", None) or getattr(one, "name", None))}
        return all((app_label, name.lower()) in models for name in names)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name, app_label):
        return any(operation.references_model(name, app_label) for operation in self.operations)

    def describe(self):
        return f"{len(self.operations)} operations at once"
