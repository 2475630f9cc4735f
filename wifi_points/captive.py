"""The captive page of a WiFi4EU network: made for download, and read by a linter that says what is wrong and in which line.

The linter takes any input: what people bring is broken, huge or hostile. It reads each character once; a tag or a comment that never ends stops
it there, with its line named. What is only recalled of the Commission's rules is a warning, never a mistake.
"""

import re
import uuid
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wifi_points.models import Network

HOST = "collection.wifi4eu.ec.europa.eu"
SNIPPET = f"https://{HOST}/wifi4eu.min.js"
SAMPLE_IDENTIFIER = "123e4567-e89b-12d3-a456-426655440000"
BANNERS = {"wifi4eubanner", "wifi4eulogo"}
LARGEST = 10 * 1024 * 1024  # bytes; beyond it the file is not read at all
MOST_TAGS = 20_000
MOST_VARIABLES = 200  # a page sets three
HEAVY = 512 * 1024  # a page that a phone loads before it has internet
LANGUAGES = {"bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"}  # fmt: skip
VARIABLES = ("wifi4euTimerStart", "wifi4euNetworkIdentifier", "wifi4euLanguage")
PERSONAL = {"email", "tel", "password"}
LOADS = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src", "video": "src", "audio": "src", "embed": "src", "object": "data"}  # fmt: skip

TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^"'>]|"[^"]*+"|'[^']*+')*+)>""")
ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?+""")
VARIABLE = re.compile(r"\b(wifi4eu[A-Za-z]{1,40}|selftestModus)\s{0,20}=(?!=)\s{0,20}([^;\n]{0,200})")
JS_COMMENT = re.compile(r"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/")
TEXT_OR_COMMENT = re.compile(r""""(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?""")


@dataclass(frozen=True, order=True)
class Finding:
    line: int
    text: str
    is_mistake: bool = True


@dataclass(frozen=True)
class Tag:
    name: str
    attributes: dict[str, str]
    line: int
    offset: int
    content: str = ""  # of a script


@dataclass
class Page:
    tags: list[Tag] = field(default_factory=list)
    broken: list[Finding] = field(default_factory=list)

    def named(self, *names: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name in names]


def generate(network: Network, *, language: str, continue_to: str) -> str:
    """The page as a file: the Commission's snippet in its order, the banner, one button. No advertising, nothing asked of anybody."""
    context = {"network": network, "language": language, "continue_to": continue_to, "snippet": SNIPPET}
    return render_to_string(f"wifi_points/captive/{language}.html", context)


# Reading


def lint(content: bytes, *, network: Network | None = None) -> list[Finding]:
    """What is wrong with a page, by line; for a network also whether identifier and address are its own. Never raises."""
    if len(content) > LARGEST:
        return [
            Finding(1, _("Plik ma więcej niż 10 MB. Strona powitalna otwiera się, zanim telefon ma internet: musi być lekka."))
        ]
    page = read(_decoded(content))
    found = [
        *page.broken,
        *_of_snippet(page, network),
        *_of_variables(page, network),
        *_of_self_test(page),
        *_of_hosts(page, network),
    ]
    found += [*_of_people(page), *_of_banner(page), *_without_scripts(page), *_of_language(page)]
    if len(content) > HEAVY:
        found.append(Finding(1, _("Strona waży ponad 512 kB. Przy słabym zasięgu nie otworzy się na czas."), is_mistake=False))
    if network and not network.portal_url.startswith("https://"):
        found.append(Finding(1, _("Adres strony powitalnej tej sieci zaczyna się od http://, a musi od https://.")))
    return sorted(set(found))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", "replace")


def read(text: str) -> Page:
    """Tags with their lines, once through the text. Comments are skipped; what stands in a script is no tag."""
    page, lower, place = Page(), text.lower(), 0
    ends = [found.start() for found in re.finditer("\n", text)]
    line_of = lambda offset: bisect_right(ends, offset - 1) + 1  # noqa: E731
    while (place := text.find("<", place)) >= 0:
        if len(page.tags) >= MOST_TAGS:
            page.broken.append(Finding(line_of(place), _("Strona ma ponad 20 000 elementów. Dalej jej nie czytamy.")))
            break
        if text.startswith("<!--", place):
            end = text.find("-->", place + 4)
            if end < 0:
                page.broken.append(
                    Finding(line_of(place), _("Komentarz nigdy się nie kończy: dalej przeglądarka nie widzi strony."))
                )
                break
            place = end + 3
            continue
        found = TAG.match(text, place)
        if found is None:
            if re.match(r"</?[a-zA-Z]", text[place : place + 3]):
                page.broken.append(Finding(line_of(place), _("Znacznik nigdy się nie kończy: brakuje > albo cudzysłowu.")))
                break
            place += 1
            continue
        place = _take(page, text, lower, found, line_of)
    return page


def _take(page, text, lower, found, line_of) -> int:
    """Add the tag; returns where reading goes on. A script takes everything up to its end."""
    closing, name, inside = found[1], found[2].lower(), found[3]
    if closing:
        return found.end()
    end, content = found.end(), ""
    if name in ("script", "style"):
        close = lower.find(f"</{name}", end)
        if close < 0:
            page.broken.append(Finding(line_of(found.start()), _("Element %(name)s nigdy się nie kończy.") % {"name": name}))
            close = len(text)
        content, end = text[end:close], close
    page.tags.append(Tag(name, _attributes(inside), line_of(found.start()), found.start(), content))
    return end


def _attributes(inside: str) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for found in ATTRIBUTE.finditer(inside):
        attributes.setdefault(found[1].lower(), (found[2] or "").strip("\"'").strip())
    return attributes


def _code(script: str) -> str:
    """The script with its comments blanked out, lines kept: what stands in a comment does not run."""
    return TEXT_OR_COMMENT.sub(lambda part: part[0] if part[0][0] in "\"'" else re.sub(r"[^\n]", " ", part[0]), script)


def _assigned(page: Page) -> Iterator[tuple[str, str, int, int]]:
    """(name, value, line, offset) of every variable that an inline script sets."""
    for tag in page.named("script"):
        if "src" in tag.attributes:
            continue
        code = _code(tag.content)
        for found in islice(VARIABLE.finditer(code), MOST_VARIABLES):
            yield found[1], found[2].strip(), tag.line + code.count("\n", 0, found.start()), tag.offset


def _snippets(page: Page) -> list[Tag]:
    return [tag for tag in page.named("script") if "wifi4eu" in tag.attributes.get("src", "").lower()]


# Rules


def _of_snippet(page, network):
    snippets = _snippets(page)
    if not snippets:
        yield Finding(
            1, _('Brakuje skryptu Komisji: <script src="%(right)s">. Bez niego nie ma banera ani statystyk.') % {"right": SNIPPET}
        )
    for tag in snippets:
        source = tag.attributes["src"]
        parts = _parts(source)
        if parts is None or parts.hostname != HOST:
            yield Finding(tag.line, _("Skrypt jest z niewłaściwego hosta. Ma być: %(right)s.") % {"right": SNIPPET})
        elif parts.scheme == "http":
            yield Finding(tag.line, _("Skrypt Komisji jest wczytywany zwykłym http://. Ma być https://."))
    if len(snippets) > 1:
        yield Finding(snippets[1].line, _("Skrypt Komisji jest na stronie dwa razy."))


def _of_variables(page, network):
    set_here: dict[str, tuple[str, int, int]] = {}
    for name, value, line, offset in _assigned(page):
        set_here.setdefault(name, (value, line, offset))
    snippet = next(iter(_snippets(page)), None)
    for name in VARIABLES:
        if name not in set_here:
            yield Finding(snippet.line if snippet else 1, _("Brakuje zmiennej %(name)s przed skryptem Komisji.") % {"name": name})
        elif snippet and set_here[name][2] > snippet.offset:
            yield Finding(
                set_here[name][1],
                _("Zmienna %(name)s jest ustawiona za późno: musi stać przed skryptem Komisji.") % {"name": name},
            )
    if "wifi4euNetworkIdentifier" in set_here:
        value, line, _offset = set_here["wifi4euNetworkIdentifier"]
        yield from _of_identifier(value.strip("\"' "), line, network)
    if "wifi4euLanguage" in set_here and set_here["wifi4euLanguage"][0].strip("\"' ").lower() not in LANGUAGES:
        yield Finding(set_here["wifi4euLanguage"][1], _("Język banera musi być jednym z języków Unii, na przykład 'pl'."))


def _of_identifier(value, line, network):
    try:
        identifier = uuid.UUID(value)
    except ValueError:
        yield Finding(line, _("Identyfikator sieci nie ma postaci z portalu Komisji (8-4-4-4-12 znaków)."))
        return
    if str(identifier) == SAMPLE_IDENTIFIER:
        yield Finding(line, _("To identyfikator z instrukcji, a nie z portalu Komisji."))
    elif network and network.network_identifier and identifier != network.network_identifier:
        yield Finding(line, _("To identyfikator innej sieci. Tej sieci: %(right)s.") % {"right": network.network_identifier})


def _of_self_test(page):
    for name, value, line, _offset in _assigned(page):
        if name == "selftestModus" and not re.match(r"(false|0|null)\b", value):
            yield Finding(line, _("Autotest jest włączony (selftestModus). Przed uruchomieniem usuń tę linię."))


def _parts(address):
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def _of_hosts(page, network):
    """L54: one host from outside, everything else from the page's own."""
    own = {HOST, network.domain} if network else {HOST}
    snippets = _snippets(page)
    for tag in page.tags:
        address = tag.attributes.get(LOADS.get(tag.name, ""), "")
        parts = _parts(address)
        if tag in snippets or not address or parts is None:
            continue
        if parts.netloc and parts.hostname not in own:
            said = {"tag": tag.name, "host": (parts.hostname or "")[:80]}
            yield Finding(
                tag.line, _("Element %(tag)s wczytuje coś z hosta %(host)s. Z zewnątrz wolno tylko z hosta Komisji.") % said
            )
        elif parts.scheme == "http":
            yield Finding(tag.line, _("Element %(tag)s wczytuje coś zwykłym http://.") % {"tag": tag.name})
    for tag in page.named("form"):
        if tag.attributes.get("action", "").lower().startswith("http://"):
            yield Finding(tag.line, _("Formularz wysyła zwykłym http://. Ma być https:// albo adres bez hosta."))


def _of_people(page):
    """L53"""
    for tag in page.named("input"):
        if tag.attributes.get("type", "").lower() in PERSONAL:
            yield Finding(tag.line, _("Strona pyta o dane osoby (e-mail, telefon albo hasło). Dostęp nie może od tego zależeć."))


def _of_banner(page):
    if not any(tag.attributes.get("id", "").lower() in BANNERS for tag in page.named("img")):
        yield Finding(1, _('Brakuje miejsca na baner: <img id="wifi4eubanner">.'))


def _without_scripts(page):
    ways = [tag for tag in page.named("form")] + [tag for tag in page.named("a") if _is_way(tag.attributes.get("href", ""))]
    if not ways:
        yield Finding(1, _("Bez JavaScriptu nie da się połączyć: brakuje zwykłego formularza albo odnośnika."))


def _is_way(address):
    return bool(address) and not address.startswith("#") and not address.lower().startswith("javascript:")


def _of_language(page):
    if not any(tag.attributes.get("lang") for tag in page.named("html")):
        yield Finding(1, _("Element html nie mówi, w jakim języku jest strona (lang)."), is_mistake=False)
