"""The sentences that are on every page, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from bantin.site.language import Language


@dataclass(frozen=True, slots=True)
class SiteTexts:
    """The frame's sentences in one language."""

    language: Language
    other_language: Language
    other_language_name: str
    tagline: str
    pages: str
    upload: str
    search: str
    api: str


SITE_TEXTS: Mapping[Language, SiteTexts] = {
    "vi": SiteTexts(
        language="vi",
        other_language="en",
        other_language_name="English",
        tagline="Tìm tin trên các cổng thông tin của các tỉnh, thành phố",
        pages="Các trang",
        upload="Nạp tin",
        search="Tìm tin",
        api="API",
    ),
    "en": SiteTexts(
        language="en",
        other_language="vi",
        other_language_name="Tiếng Việt",
        tagline="Search the news pages of Vietnam's provincial portals",
        pages="Pages",
        upload="Upload",
        search="Search",
        api="API",
    ),
}
