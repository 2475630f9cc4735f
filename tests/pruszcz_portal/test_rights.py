"""docs/permissions.md says what the roles really hold."""

import pytest
from django.conf import settings

from pruszcz_portal.rights import table


@pytest.mark.django_db
def test_the_table_of_permissions_is_current():
    written = (settings.BASE_DIR / "docs" / "permissions.md").read_text(encoding="utf-8")

    assert written == table(), "run manage.py draw_permissions"
