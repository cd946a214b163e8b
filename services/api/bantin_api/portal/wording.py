"""When an article was published, as its readers write it."""

from datetime import date, datetime

from bantin.site.wording import moment
from bantin_api.portal.texts import Texts


def published(value: datetime | date | None, texts: Texts) -> str:
    """Return the date, with its time of day in Vietnam where it has one, or that there is none."""
    return texts.undated if value is None else moment(value, texts.language)
