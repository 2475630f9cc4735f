"""What tests of the waste point start from. A transactional test finds no rows of migrations, so they are made when missing."""

from importlib import import_module

from django.apps import apps

from pszok.models import Point


def make_point() -> Point:
    """The point at ul. Kupiecka with its hours, fractions, codes, things and limits, as the portal starts with them."""
    if not Point.objects.exists():
        import_module("pszok.migrations.0002_first_waste_data").write(apps, None)
    return Point.objects.get()
