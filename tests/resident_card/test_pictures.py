"""A photograph of a card, as people take them, read on the server."""

import io

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from office.transitions import Refused
from resident_card.pictures import LARGEST, code_in, codes_in
from tests.office.samples import picture

CODE = "PKM1.123456789012.1764147600." + "A2" * 8 + "." + "B3" * 51 + "C"  # as long as a phone's code


def screen(text=CODE, side=620) -> Image.Image:
    """A phone's screen with the code in its middle, on the grey of a desk."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=8, border=4)
    code = Image.open(drawn).convert("RGB").resize((side, side))
    desk = Image.new("RGB", (1200, 1600), (120, 116, 110))
    desk.paste(code, (290, 480))
    return desk


def upload(picture, name="zdjecie.jpg", kind="JPEG"):
    content = io.BytesIO()
    picture.save(content, kind, quality=70)
    return SimpleUploadedFile(name, content.getvalue())


def refusal_of(photo) -> str:
    with pytest.raises(Refused) as refused:
        codes_in(photo)
    return str(refused.value)


@pytest.mark.parametrize(
    "taken",
    [
        pytest.param(lambda picture: picture, id="straight"),
        pytest.param(lambda picture: picture.rotate(90, expand=True), id="phone held sideways"),
        pytest.param(lambda picture: picture.rotate(23, expand=True, fillcolor=(120, 116, 110)), id="askew"),
        pytest.param(lambda picture: picture.filter(ImageFilter.GaussianBlur(3)), id="blurred"),
        pytest.param(lambda picture: ImageEnhance.Brightness(picture).enhance(0.12), id="in the dark"),
        pytest.param(ImageOps.invert, id="light on dark"),
        pytest.param(lambda picture: picture.resize((4500, 6000)), id="27 megapixels"),
        pytest.param(
            lambda picture: picture.transform(
                picture.size, Image.Transform.PERSPECTIVE, (1, 0.15, 0, 0.02, 1.1, 0, 0.00005, 0.0001)
            ),
            id="from the side",
        ),
    ],
)
def test_a_code_on_a_screen_is_read_from_a_photograph(taken):
    assert codes_in(upload(taken(screen()))) == [CODE]


def test_a_name_says_nothing_of_the_content():
    assert codes_in(upload(screen(), name="zdjecie.jpg", kind="PNG")) == [CODE]


def test_two_codes_on_one_picture_are_both_told_and_neither_is_chosen():
    desk = Image.new("RGB", (2400, 1600), "white")
    desk.paste(screen(), (0, 0))
    desk.paste(screen("123456789012"), (1200, 0))

    assert sorted(codes_in(upload(desk))) == sorted([CODE, "123456789012"])
    with pytest.raises(Refused, match="więcej niż jeden"):
        code_in(upload(desk))


def test_a_picture_without_a_code_is_refused_in_words():
    assert "nie widać kodu" in refusal_of(upload(Image.new("RGB", (800, 600), "white")))


def test_a_bomb_of_pixels_is_refused_before_it_unfolds():
    assert "za duże" in refusal_of(SimpleUploadedFile("zdjecie.png", picture("PNG", size=(30_000, 30_000), mode="1")))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "pusty"),
        (b"%PDF-1.7 not a picture", "nie da się odczytać"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "nie da się odczytać"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (b"\xff\xd8\xff" + b"x" * LARGEST, "10 MB"),
    ],
)
def test_what_is_no_photograph_is_refused_in_words(content, said):
    """3.7: nothing, other files and a phone's own format named .jpg, one byte too many."""
    assert said in refusal_of(SimpleUploadedFile("zdjecie.jpg", content))


def test_a_torn_photograph_is_refused_in_words():
    whole = upload(screen(), kind="PNG").read()

    assert "nie da się odczytać" in refusal_of(SimpleUploadedFile("zdjecie.png", whole[: len(whole) // 3]))


def test_an_animated_picture_is_read_at_its_first_look():
    content = io.BytesIO()
    screen().save(content, "PNG", save_all=True, append_images=[Image.new("RGB", (1200, 1600), "white")])

    assert codes_in(SimpleUploadedFile("zdjecie.png", content.getvalue())) == [CODE]
