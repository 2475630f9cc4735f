"""QR codes from a photograph, for a desk or a gate whose browser can not read them itself. The picture is never kept."""

from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office import inspection
from office.inspection import JPEG, PNG
from office.transitions import Refused
from resident_card import code_reader

LARGEST = 10 * 1024 * 1024  # bytes; a phone's photograph has some 4
HEIC = (
    b"ftypheic",
    b"ftypheix",
    b"ftyphevc",
    b"ftypmif1",
    b"ftypmsf1",
    b"ftypavif",
)  # from the fifth byte of a phone's own format

NO_PICTURE = gettext_lazy("Tego pliku nie da się odczytać jako zdjęcia. Zrób zdjęcie kodu jeszcze raz albo wpisz numer karty.")
REFUSALS = {
    "damaged": NO_PICTURE,
    "pixels": gettext_lazy("To zdjęcie jest za duże. Zrób zdjęcie z mniejszą liczbą megapikseli albo wpisz numer karty."),
}


def codes_in(upload: UploadedFile) -> list[str]:
    """What the QR codes on the picture say, each once; in the order in which they were found.

    What the file is says its content, not its name. Refused, in words for the person who took the picture: no file, more than 10 MB, no JPEG
    and no PNG, a torn one, more than 50 megapixels, no code to be seen. Takes about a quarter of a second, in a process of its own.
    """
    content = _content_of(upload)
    answer, _made = inspection.examined(content, by=Path(code_reader.__file__), what=_kind_of(content).examined_as)
    if reason := answer.get("refused"):
        raise Refused(REFUSALS[reason])
    if not answer["codes"]:
        raise Refused(_("Na zdjęciu nie widać kodu QR. Podejdź bliżej, unikaj odblasku i zrób zdjęcie jeszcze raz."))
    return answer["codes"]


def code_in(upload: UploadedFile) -> str:
    """The one code on the picture. Refused also when there are two: nobody guesses whose card was meant."""
    codes = codes_in(upload)
    if len(codes) > 1:
        raise Refused(_("Na zdjęciu jest więcej niż jeden kod. Zrób zdjęcie samej karty."))
    return codes[0]


def _content_of(upload: UploadedFile) -> bytes:
    if not upload.size:
        raise Refused(_("Plik jest pusty. Zrób zdjęcie jeszcze raz."))
    if upload.size > LARGEST:
        raise Refused(_("Zdjęcie może mieć najwyżej 10 MB. Zrób mniejsze albo wpisz numer karty."))
    upload.seek(0)
    return upload.read()


def _kind_of(content: bytes) -> inspection.Kind:
    if content[4:12] in HEIC:
        raise Refused(
            _("To zdjęcie jest w formacie HEIC, którego nie czytamy. Zrób zrzut ekranu ze zdjęcia albo wpisz numer karty.")
        )
    for kind in (JPEG, PNG):
        if content.startswith(kind.magic):
            return kind
    raise Refused(NO_PICTURE)
