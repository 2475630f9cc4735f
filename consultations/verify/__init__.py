"""The stand-alone checker of published bundles: recomputes every hash, root, count and total, and says what does not agree.

    python -m consultations.verify FILE...

Standard library and `cryptography` alone, no Django, no network: anybody runs it on a copy of this folder. What a bundle of
each profile proves is written in `consultations.manifest`.
"""

from consultations.verify.checks import verify
from consultations.verify.inputs import Bundle, NoBundle, bundles
from consultations.verify.report import Report

__all__ = ["Bundle", "NoBundle", "Report", "bundles", "verify"]
