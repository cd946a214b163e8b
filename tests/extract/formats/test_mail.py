"""A mail is what it says, or what was forwarded or attached to it; its subject heads a text that has no title."""

from email.header import Header
from email.message import EmailMessage, Message
from email.mime.text import MIMEText

import pytest

from bantin.events import Article, ArticleRejected
from bantin_extract.handler import extract
from tests.extract.formats.made import PARAGRAPHS, TITLE, docx, odt, pdf
from tests.extract.received import article_of, received

BODY = "\n\n".join(PARAGRAPHS[1:])
HTML = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[1:])
SCAN = pdf([[]])


def mail(text: str = "Xin gửi bài.", subject: str = TITLE) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "a@example.org", "b@example.org"
    message.set_content(text)
    return message


def with_attached(*attached: tuple[bytes, str]) -> EmailMessage:
    message = mail()
    for content, media_type in attached:
        main, _, sub = media_type.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename="tệp")
    return message


def forwarded() -> EmailMessage:
    message = mail("Chuyển tiếp cho các anh.", "Thư của bản")
    message.add_attachment(mail(BODY))
    return message


def answered() -> MIMEText:
    message = MIMEText(BODY, "plain", "utf-8")
    message["Subject"], message["From"] = Header(f"Fwd: Re: {TITLE}", "utf-8").encode(), "a@example.org"
    return message


def alternatives(first: str, second: str) -> EmailMessage:
    message = mail()
    message.set_content(BODY, cte=first)
    message.add_alternative(f"<html><body>{HTML}</body></html>", subtype="html", cte=second)
    return message


def encoding(article: Article) -> str:
    return next(item.value for item in article.evidence if item.method == "encoding")


@pytest.mark.parametrize(
    ("message", "named"),
    [
        (mail(BODY), "eml"),
        (answered(), "eml"),
        (alternatives("quoted-printable", "base64"), "eml"),
        (alternatives("base64", "8bit"), "eml"),
        (forwarded(), "eml"),
        (with_attached((f"{TITLE}\n\n{BODY}".encode(), "text/plain")), "eml"),
        (with_attached((f"<h1>{TITLE}</h1>{HTML}".encode(), "text/html")), "eml"),
        (with_attached((b"\x89PNG", "image/png"), (docx(), "application/octet-stream")), "docx in eml"),
        (with_attached((SCAN, "application/pdf"), (odt(), "application/octet-stream")), "odt in eml"),
    ],
    ids="text reply qp base64 forwarded textfile htmlfile document second".split(),
)
def test_a_mail_becomes_an_article(message: Message, named: str) -> None:
    article = article_of(message.as_bytes(), "message/rfc822")
    assert article.title == TITLE
    assert article.body == "\n\n".join(PARAGRAPHS[2:])
    assert encoding(article) == named


def test_headers_and_text_in_a_code_page() -> None:
    message = MIMEText("Ban May", "plain", "us-ascii")
    message["From"], message["To"] = "a@example.org", "b@example.org"
    message["Subject"] = "=?utf-8?Q?B=E1=BA=A3n_M=C3=A2y_m=E1=BB=9F_h=E1=BB=99i?= =?utf-8?B?dHLhu5NuZyBy4burbmc=?="
    raw = message.as_bytes().replace(b"us-ascii", b"windows-1258")
    text = "Sang nay, ba\xccn con ca\xecc ba\xd2n \xf0a\xde ra qu\xe2n tr\xf4\xccng r\xfd\xccng \xf0\xe2\xccu xu\xe2n; "
    article = article_of(raw.replace(b"Ban May", (text * 4).encode("latin-1")), "message/rfc822")
    assert article.title == "Bản Mây mở hộitrồng rừng"
    assert article.body.startswith("Sang nay, bàn con các bản đã ra quân trồng rừng đầu xuân")
    assert encoding(article) == "eml in cp1258"


@pytest.mark.parametrize(
    ("message", "code"), [(with_attached((SCAN, "application/pdf")), "no_text"), (mail(" "), "empty")]
)
def test_a_mail_with_nothing_to_read(message: EmailMessage, code: str) -> None:
    outcome = extract(received(message.as_bytes(), "message/rfc822"))
    assert isinstance(outcome, ArticleRejected)
    assert outcome.reason.code == code


def test_a_subject_in_an_unknown_character_set_stays_as_it_is() -> None:
    raw = mail(BODY, "Ban May").as_bytes().replace(b"Subject: Ban May", b"Subject: =?wind\xffows?Q?Ban_May?= hop")
    assert article_of(raw, "message/rfc822").body == "\n\n".join(PARAGRAPHS[2:])
