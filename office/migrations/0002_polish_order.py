"""`pl_key(text)`: a key that sorts as Polish does, on a server without ICU. Index it, and order by office.polish.PlKey."""

from django.db import migrations

LETTERS = {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}


def create(apps, schema_editor):
    # The collation that lowers Ł and Ż right is built in since PostgreSQL 17 and comes from the C library before it.
    collation = "pg_c_utf8" if schema_editor.connection.pg_version >= 170000 else '"C.utf8"'
    key = f"lower(t collate {collation})"
    for letter, replacement in LETTERS.items():
        key = f"replace({key}, '{letter}', '{replacement}')"
    schema_editor.execute(
        "create or replace function pl_key(t text) returns text language sql immutable parallel safe strict "
        f'as $f$ select {key} collate "C" $f$'
    )


def drop(apps, schema_editor):
    schema_editor.execute("drop function if exists pl_key(text)")


class Migration(migrations.Migration):
    dependencies = [("office", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
