"""Passkeys between Python and static/js/accounts/passkey.js: options travel in a data attribute, never in a script."""

import json


def as_attribute(context: dict) -> str:
    """The ceremony's options of an allauth view as JSON for `data-options`; empty when there is none."""
    options = context.get("js_data") or {}
    return json.dumps(next(iter(options.values()), None)) if options else ""
