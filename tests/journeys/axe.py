"""The accessibility check of journeys: WCAG 2.2 AA and good practice, by axe-core, in the page as the resident has it (L29)."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page, *rules: str) -> list[str]:
    """One line for each broken rule (of all, or of those named): its name, what helps, the first places. Empty when all is well."""
    # The stylesheets are not fetched again: axe would read them from its own context and the policy refuses.
    found = Axe().run(page, options={"runOnly": list(rules) or RULES, "preload": False}).response["violations"]
    return [f"{one['id']}: {one['help']} at {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]


def sideways(page) -> int:
    """Pixels by which the page is wider than the window; 0 when nothing scrolls sideways (WCAG 1.4.10)."""
    page.wait_for_load_state()
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)")
