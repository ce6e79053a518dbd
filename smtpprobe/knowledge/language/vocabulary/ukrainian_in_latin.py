"""Ukrainian in Latin letters, in the ways that servers write it."""

from __future__ import annotations

from smtpprobe.knowledge.language.language import language, respelt
from smtpprobe.knowledge.language.vocabulary.beyond_latin.ukrainian import WORDS as IN_ITS_OWN

SPELT = (
    "а a б b в v г h ґ g д d е e є ie ж zh з z и y і i ї i й i к k л l м m н n о o п p р r с s "
    "т t "
    "у u ф f х kh ц ts ч ch ш sh щ shch ь _ ю iu я ia"
    "|а a б b в v г g ґ g д d е e є ye ж zh з z и y і i ї yi й y к k л l м m н n о o п p р r с "
    "s т t "
    "у u ф f х h ц ts ч ch ш sh щ sch ь _ ю yu я ya"
)

WORDS = {
    concept: "|".join(dict.fromkeys(respelt(phrases.split("|"), SPELT)))
    for concept, phrases in IN_ITS_OWN.items()
}

LANGUAGE = language(
    "uk", "Ukrainian", {concept: words for concept, words in WORDS.items() if words},
    "v u na z dlia dlya tsei",
)  # fmt: skip
