"""Documents become articles: a block a line, in order, with their headings, whatever program wrote them."""

import base64
import re
from collections.abc import Sequence
from email.message import EmailMessage

import pytest

from bantin.events import Article, ArticleRejected
from bantin_extract.formats.documents import read_document
from bantin_extract.handler import extract
from bantin_extract.reading.legacy_encodings import DECODERS
from tests.extract.formats.made import FIRST, GAP, PARAGRAPHS, SECOND, TITLE, doc, docx, odt, pdf, rtf
from tests.extract.received import article_of, received

WIDE = 70.0
LINE = 62


def typeset(*paragraphs: str) -> bytes:
    """Return a PDF in which paragraphs are wrapped as on a page of print; the first is a heading."""
    shown: list[tuple[float, float, float, str]] = []
    y = 760.0
    for number, text in enumerate(paragraphs):
        size, fits = (20.0, 40) if number == 0 else (14.0, LINE)
        line = ""
        for word in [*text.split(), ""]:
            if line and (not word or len(line) + 1 + len(word) > fits):
                shown.append((WIDE, y, size, line))
                y -= 1.3 * size
                line = ""
            line = f"{line} {word}".strip()
        y -= 14
    return pdf([shown])


MADE = {
    "pdf": typeset(*PARAGRAPHS),
    "docx": docx(),
    "odt": odt(),
    "rtf": rtf(),
    "doc": doc(),
}


def original(article: Article) -> list[str]:
    return [line.strip() for line in article.original_text.split("\n") if line.strip()]


def encoding(article: Article) -> str:
    return next(item.value for item in article.evidence if item.method == "encoding")


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("content_type", ["application/octet-stream", "text/plain"])
def test_a_document_becomes_an_article(kind: str, content_type: str) -> None:
    article = article_of(MADE[kind], content_type)
    assert [line for line in original(article) if line != "Ban May"] == list(PARAGRAPHS)
    assert article.title == TITLE
    assert article.body == f"{FIRST}\n\n{SECOND}"
    assert str(article.published_at) == "2023-02-14 14:20:00+07:00"
    assert encoding(article) == kind


def test_what_is_no_text_of_a_docx_is_left_out() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{run.format(TITLE)}</w:p>'
        f"<w:p>{run.format(FIRST)}<w:del><w:r><w:delText>đã xóa</w:delText></w:r></w:del></w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run.format('Nà Ớt')}</w:p></w:tc>"
        f"<w:tc><w:p>{run.format('80 ha')}</w:p></w:tc></w:tr>"
        f"</w:tbl><w:sdt><w:sdtContent><w:p>{run.format(SECOND)}</w:p></w:sdtContent></w:sdt>"
    )
    assert original(article_of(docx(body))) == [TITLE, FIRST, "Nà Ớt", "80 ha", SECOND]


def test_what_is_no_text_of_an_odt_is_left_out() -> None:
    text = (
        f"<text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes><text:p>{TITLE}</text:p>"
        f"<text:p>{FIRST}<office:annotation><text:p>ghi chú</text:p></office:annotation></text:p>"
        '<table:table><table:table-row><table:table-cell><text:p>Nà<text:s text:c="3"/>Ớt</text:p></table:table-cell>'
        f"</table:table-row></table:table><text:list><text:list-item><text:p>{SECOND}</text:p></text:list-item></text:list>"
    )
    assert original(article_of(odt(text))) == [TITLE, FIRST, "Nà Ớt", SECOND]


def test_a_font_of_before_unicode_is_repaired_in_a_document() -> None:
    tcvn3 = {DECODERS["tcvn3"](chr(code)): chr(code) for code in range(0xA1, 0x100)}
    old = ["".join(tcvn3.get(char, char) for char in text.lower()) for text in PARAGRAPHS]
    article = article_of(rtf(old))
    assert original(article)[2] == FIRST.lower()
    assert encoding(article) == "rtf in tcvn3"


def test_a_link_in_rtf_is_its_words() -> None:
    link = rb'{\field{\*\fldinst{HYPERLINK "http://a.vn/x"}}{\fldrslt{Nguon: xa Ban May}}}'
    content = rtf().replace(rb"\par", link + rb"\par", 1)
    assert original(article_of(content))[0] == f"{TITLE}Nguon: xa Ban May"


def test_deleted_text_of_an_rtf_is_left_out() -> None:
    deleted = rb"{\deleted\revauthdel1 {\b Xoa} roi}{\deleted0 Giu}\{"
    content = rtf().replace(rb"\par", deleted + rb"\par", 1)
    assert original(article_of(content))[0] == TITLE + "Giu{"


def test_a_letter_that_a_font_of_before_unicode_shows_as_a_hyphen() -> None:
    """In TCVN3 fonts ư has the soft hyphen's code; a PDF's text then has a hyphen. Real hyphens stay."""
    tcvn3 = {DECODERS["tcvn3"](chr(code)): chr(code) for code in range(0xA1, 0x100)} | {"ư": "-"}
    words = "người dân được chụp x-quang, nước về trước tết, ưu tiên bà-con thuộc diện nghèo của xã"
    old = "".join(tcvn3.get(char, char) for char in words)
    assert DECODERS["tcvn3"](old) == words


def blocks_of_pdf(*pages: Sequence[tuple[float, float, float, str]]) -> list[str]:
    parsed = read_document(pdf(pages), "application/pdf")
    assert parsed is not None
    return re.sub("<[^>]*>", "", parsed.text).split("\n")


def test_letters_from_another_font_return_to_their_place() -> None:
    """Where the font lacks letters, programs write these after the line, at their places."""
    words = f"{TITLE} và {FIRST[:60]}"
    own = "".join(char if char.isascii() and char != " " else GAP for char in words)
    others = "".join(GAP if char.isascii() else char for char in words)
    shown = [(WIDE, 700.0, 10.0, own), (WIDE, 700.0, 10.0, others)]
    assert blocks_of_pdf(shown) == [words]


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_do_not() -> None:
    first, second = FIRST[:62].rsplit(" ", 1)[0], FIRST[len(FIRST[:62].rsplit(" ", 1)[0]) + 1 :][:50]
    page = [(WIDE, 780.0, 20.0, TITLE), (WIDE, 700.0, 14.0, first), (300.0, 30.0, 14.0, "1")]
    other = [(WIDE, 780.0, 14.0, second), (WIDE, 740.0, 14.0, SECOND[:60]), (300.0, 30.0, 14.0, "- 2 -")]
    assert blocks_of_pdf(page, other) == [TITLE, f"{first} {second}", SECOND[:60]]


def test_indents_bullets_and_tables_begin_blocks() -> None:
    full = "Một dòng đủ dài để chạm tới lề bên phải của trang giấy này nhé"
    page = [
        (WIDE, 780.0, 14.0, full),
        (WIDE + 30, 762.0, 14.0, full[:58]),
        (WIDE, 744.0, 14.0, full),
        (WIDE, 726.0, 14.0, f"- {full[:40]}"),
        (WIDE, 708.0, 14.0, "Nà Ớt"),
        (WIDE + 300, 708.0, 14.0, "80 ha"),
        (WIDE, 690.0, 14.0, full),
    ]
    blocks = blocks_of_pdf(page)
    assert blocks == [full, f"{full[:58]} {full}", f"- {full[:40]}".strip(), "Nà Ớt 80 ha", full]


PAGE = f"<html><body><h1>{TITLE}</h1><p>Thứ Ba, 14/02/2023, 14:20</p><p>{FIRST}</p><p>{SECOND}</p></body></html>"


def mail(subject: str = "Bài gửi tòa soạn") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@a.vn", "b@b.vn", subject
    message["Date"], message["Message-ID"] = "Tue, 14 Feb 2023 09:00:00 +0700", "<1@a.vn>"
    return message


def test_a_mail_is_its_text() -> None:
    message = mail()
    message.set_content("\n".join(PARAGRAPHS), charset="utf-8", cte="base64")
    article = article_of(message.as_bytes())
    assert (article.title, article.body, encoding(article)) == (TITLE, f"{FIRST}\n\n{SECOND}", "eml")
    assert "a@a.vn" not in article.original_text
    message.add_alternative(PAGE, subtype="html")
    assert article_of(message.as_bytes()).body == article.body


def test_a_mail_with_few_words_is_its_document() -> None:
    message = mail()
    message.set_content("Kính gửi tòa soạn, bài trong tệp đính kèm.")
    message.add_attachment(docx(), maintype="application", subtype="octet-stream", filename="bài.docx")
    article = article_of(message.as_bytes(), "message/rfc822")
    assert (article.title, encoding(article)) == (TITLE, "docx in eml")


def test_a_saved_page_is_its_html() -> None:
    saved = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.vn/1\r\nSubject: =?utf-8?Q?Trang?=\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{page}\r\n"
        "--x\r\nContent-Type: text/css\r\n\r\n.a {{}}\r\n--x--\r\n"
    )
    content = saved.format(page=base64.encodebytes(PAGE.encode()).decode()).encode()
    for content_type in ("multipart/related", "application/octet-stream"):
        article = article_of(content, content_type)
        assert (article.title, article.body, encoding(article)) == (TITLE, f"{FIRST}\n\n{SECOND}", "mhtml")
        assert article.source_url is None, "links within a page never say which article it is"


def test_text_that_begins_like_headers_stays_text() -> None:
    article = article_of(f"Ghi chú: trang này\nDate: 1\n\n{TITLE}\n{FIRST}\n{SECOND}")
    assert encoding(article) == "utf-8"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf([[]]), "no_text"),
        (pdf([[(70, 700, 12, "7")]]), "no_text"),
        (pdf([[(70, 700, 12, TITLE)]], encrypted=True), "encrypted"),
        (b"%PDF-1.7 and nothing else", "undecodable"),
        (docx(body=""), "no_text"),
        (doc(flags=0x0100), "encrypted"),
        (odt(manifest="<m:encryption-data/>"), "encrypted"),
    ],
    ids=["scan", "stamp", "encrypted pdf", "broken pdf", "empty docx", "encrypted doc", "encrypted odt"],
)
def test_what_can_not_be_read_is_rejected_with_the_reason(content: bytes, code: str) -> None:
    outcome = extract(received(content))
    assert isinstance(outcome, ArticleRejected)
    assert outcome.reason.code == code
    if code == "no_text":
        assert "text" in outcome.reason.detail
