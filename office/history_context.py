"""Who changes what, told to the database once a transaction: pghistory says it again before every statement."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from pghistory import config

TELLS = "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true); "


class TellOnceMiddleware:
    """Stands after pghistory's middleware. Should pghistory begin to write otherwise, its statements pass as they are."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in config.middleware_methods():
            return self.get_response(request)
        with connection.execute_wrapper(_TellOnce()):
            return self.get_response(request)


class _TellOnce:
    """What was told holds until the transaction ends or goes back to a savepoint. At both Django begins a new list of calls on
    commit, so the list itself says whether what was told still holds."""

    def __init__(self) -> None:
        self.told: Any = None
        self.within: Any = None

    def __call__(self, execute, sql, params, many, context):
        if connection.in_atomic_block and not many and isinstance(sql, str) and sql.startswith(TELLS):
            if self.within is connection.run_on_commit and self.told == params[:2]:
                sql, params = sql.removeprefix(TELLS), params[2:]
            else:
                self.told, self.within = params[:2], connection.run_on_commit
        return execute(sql, params, many, context)
