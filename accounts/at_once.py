"""Many tables in one step of a migration. Lowest room, so that every room's first migration can use it.

Django draws all related models anew after each step; with some two hundred steps over connected tables that took a minute of
every first start and of every test session. Here the state changes as a whole and the models are drawn once.
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
        state.__dict__.pop("apps", None)  # drawn again when somebody asks, once
        state.is_delayed = False  # and whole: else each later step that writes rows would draw them again
        for operation in self.operations:
            operation.state_forwards(app_label, state)

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
