"""The HTML twin of a plain letter."""

from ui.letters import html_of, linked


def test_an_indented_line_stands_out_a_lone_address_is_a_button_and_the_rest_is_prose():
    html = html_of("Twój kod:\n\n    482913\n\nhttps://portal.example/sprawy/7/\n\nZ poważaniem\nUrząd")

    assert ">482913</p>" in html and "letter-spacing" in html
    assert '<a href="https://portal.example/sprawy/7/" style="display:inline-block' in html and ">Otwórz w portalu</a>" in html
    assert "Z\u00a0poważaniem<br>Urząd" in html


def test_an_address_in_a_sentence_is_a_link_without_the_full_stop():
    assert (
        linked("Zobacz https://a.example/x.")
        == 'Zobacz <a href="https://a.example/x" style="color:#0b5a6b">https://a.example/x</a>.'
    )


def test_markup_in_a_letter_stays_text():
    html = html_of("<b>Ewa</b> & 'spółka'\n\n    <i>1</i>\n\nhttps://a.example/\"><script>")

    assert "<b>" not in html and "<i>" not in html and "<script" not in html
