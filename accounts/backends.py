"""Who may sign in and with what rights. As allauth's backend, but all rights of a clerk are asked for in one statement instead of two."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.prepared import rows_of

RIGHTS = """
select kind.app_label, permission.codename
from auth_permission permission join django_content_type kind on kind.id = permission.content_type_id
where permission.id in (
    select given.permission_id from auth_group_permissions given
    join accounts_user_groups role on role.group_id = given.group_id where role.user_id = %s
    union all select permission_id from accounts_user_user_permissions where user_id = %s
)"""


class Backend(AuthenticationBackend):
    def get_all_permissions(self, user_obj, obj=None):
        """Rights of the roles and of the account itself, asked once a request. None over single objects: those are rules of each room."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = _rights_of(user_obj)
        return user_obj._perm_cache


def _rights_of(user) -> set[str]:
    return {f"{app}.{codename}" for app, codename in rows_of(RIGHTS, user.pk, user.pk)}
