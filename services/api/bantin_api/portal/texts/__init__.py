"""Every sentence of the portal, in Vietnamese and in English."""

from collections.abc import Mapping

from bantin.site.language import Language
from bantin_api.portal.texts.english import ENGLISH
from bantin_api.portal.texts.sentences import Texts
from bantin_api.portal.texts.vietnamese import VIETNAMESE

__all__ = ["ENGLISH", "TEXTS", "VIETNAMESE", "Texts"]

TEXTS: Mapping[Language, Texts] = {"vi": VIETNAMESE, "en": ENGLISH}
