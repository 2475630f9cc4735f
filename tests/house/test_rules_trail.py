"""docs/rules/ lists each rule of law, security and reliability that is implemented, with its test; a rule without a test is no rule.

A row reads `| R7 | what holds, in our words | tests/eboi/test_x.py::test_name |`; several tests are parted by `<br>` or a comma.
"""

import ast
import functools
import re

import pytest
from django.conf import settings

PAGES = sorted((settings.BASE_DIR / "docs" / "rules").glob("*.md"))
ROW = re.compile(r"^\|\s*((?:[A-Z]\d+(?:\.\d+)*(?:-[A-Z]?\d+)?(?:,\s*)?)+)\s*\|([^|]+)\|([^|]+)\|\s*$", re.M)
TEST = re.compile(r"tests/[\w/]+\.py::\w+(?:::\w+)?")


def rows():
    for page in PAGES:
        for rule, words, tests in ROW.findall(page.read_text()):
            yield f"{page.stem} {rule.strip()}", words.strip(), TEST.findall(tests)


@functools.cache
def names_in(path):
    tree = ast.parse((settings.BASE_DIR / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize(
    ("rule", "words", "tests"), list(rows()), ids=lambda value: value if isinstance(value, str) and len(value) < 40 else ""
)
def test_a_listed_rule_is_said_in_words_and_has_its_test(rule, words, tests):
    assert words and tests, f"{rule} names no test"
    for test in tests:
        path, name = test.split("::")[:2]
        assert (settings.BASE_DIR / path).exists(), f"{rule}: no {path}"
        assert test.split("::")[-1] in names_in(path), f"{rule}: no {name} in {path}"


def test_every_table_row_is_understood():
    """A row that the pattern does not read would be a rule nobody guards."""
    unread = [
        f"{page.name}: {line}"
        for page in PAGES
        for line in page.read_text().splitlines()
        if line.startswith("|")
        and not ROW.match(line)
        and not re.match(r"^\|[\s:|-]+\|$", line)
        and "reguła" not in line
        and "rule" not in line.lower()[:40]
    ]

    assert unread == []


def test_the_rules_of_this_issue_are_listed():
    listed = " ".join(rule for rule, _words, _tests in rows())

    missing = [
        rule
        for rule in ("L2", "L4", "L7", "L8", "L9", "L11", "L30", "S3", "S16", "S33", "S54", "F1", "F2", "F7", "D1")
        if not re.search(rf"\b{rule}\b", listed)
    ]
    assert missing == []
