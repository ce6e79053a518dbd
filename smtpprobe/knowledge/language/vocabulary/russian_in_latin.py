"""Russian in Latin letters, in the ways that servers write it."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language, respelt
from smtpprobe.knowledge.language.vocabulary.beyond_latin.russian import WORDS as IN_ITS_OWN

_COMMON = (
    "а a б b в v г g д d ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f ч ch ш sh ъ _ ы y"
)
SPELT = (
    f"{_COMMON} е e ё e й y х h ц ts щ sch э e ю yu я ya ь _"
    f"|{_COMMON} е e ё e й j х h ц c щ sch э e ю ju я ja ь _"
    f"|{_COMMON} е e ё e й y х kh ц ts щ shch э e ю yu я ya ь _"
    f"|{_COMMON} е e ё yo й j х kh ц ts щ sch э e ю yu я ya ь '"
)

WORDS = {
    concept: "|".join(dict.fromkeys(respelt(phrases.split("|"), SPELT)))
    for concept, phrases in IN_ITS_OWN.items()
}

LANGUAGE = language(
    "ru", "Russian", {concept: words for concept, words in WORDS.items() if words},
    "v na u s iz dlya eto etot etogo po k i o ot byl kak za",
)  # fmt: skip
