"""Trigrams for what stems miss. pg_trgm is a trusted extension: the owner of the database may put it in; a server without it goes on."""

from django.db import migrations

INDEX = "consultations_voice_folded"


def create(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select 1 from pg_available_extensions where name = 'pg_trgm'")
        if cursor.fetchone() is None:
            return
        cursor.execute("create extension if not exists pg_trgm")
        cursor.execute(
            f"create index if not exists {INDEX} on consultations_voice using gin (folded gin_trgm_ops) where status = 'published'"
        )


def drop(apps, schema_editor):
    schema_editor.execute(f"drop index if exists {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
