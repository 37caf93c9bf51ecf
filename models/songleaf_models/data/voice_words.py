"""Who sings in the training renders, and what: voices of espeak-ng and words of one syllable."""

from typing import NamedTuple


class Singer(NamedTuple):
    """A voice of espeak-ng: language, variant, and whether it sings high or low melodies.

    espeak-ng leaves the variant out without a word where the language is no file's name ("en-gb", "fr-fr").
    """

    language: str
    variant: str
    range: str

    @property
    def name(self) -> str:
        """Names the singer's file."""
        return f"{self.language}+{self.variant}"


TRAINING_CAST = [
    Singer("en-us", "f1", "high"),
    Singer("en-us", "f2", "high"),
    Singer("en", "f4", "high"),
    Singer("en-us", "linda", "high"),
    Singer("en", "belinda", "high"),
    Singer("es", "anika", "high"),
    Singer("it", "f3", "high"),
    Singer("de", "steph", "high"),
    Singer("fr", "Annie", "high"),
    Singer("en-us", "Andrea", "high"),
    Singer("en-us", "m1", "low"),
    Singer("en-us", "m3", "low"),
    Singer("en", "m7", "low"),
    Singer("en-us", "adam", "low"),
    Singer("en-us", "klatt2", "low"),
    Singer("en", "paul", "low"),
    Singer("es", "pablo", "low"),
    Singer("it", "m5", "low"),
    Singer("de", "michel", "low"),
    Singer("fr", "max", "low"),
    Singer("en-us", "victor", "low"),
]
"""Sings in training renders only."""

EVALUATION_CAST = [
    Singer("en-us", "f5", "high"),
    Singer("es", "Alicia", "high"),
    Singer("en", "steph3", "high"),
    Singer("en-us", "m4", "low"),
    Singer("it", "rob", "low"),
    Singer("en", "edward", "low"),
]
"""Sings in the evaluation set only, so that no network has met these voices."""

_ENGLISH = """la na ma do you love night heart time way me go down home run see know feel sky rain one there
day light eyes mine will be all my soul world when gone fall call if free dream long wind hold stay with for so blue
hey oh near far say here come moon fire burn soon no more than this"""

WORDS = {
    "en-us": _ENGLISH,
    "en": _ENGLISH,
    "es": """la na mi tu no sol mar luz voz fe más ven dos yo te lo que por sin van ser vi da pan flor cruz paz son
        bien voy hay ley dar ma du lu re gran ya muy fui""",
    "it": """la na mi tu no sol mar fa re te lo che per con va vai mai più qui già ho sai noi voi amo sei ma da di
        bel cuor fior sto so lei lu ne""",
    "de": """la na ma du mein Herz Nacht Licht Zeit weg nur noch kein mir dir sie wir ihr so wie wo Lied Traum Mond
        Wind Weg fort Lust rund bei hin doch lang neu Wort Meer Haar schön""",
    "fr": """la na ma tu moi toi nuit jour vent mer fou vie bleu doux sans mon ton rien non oui ciel feu long
        temps coeur seul vois je suis pas plus loin rêve dans""",
}
"""Words of one syllable by language."""

VOCALISES = ["la", "na", "ma", "oh", "hey", "du", "lu", "no"]
"""What a song without words is sung on; a singer takes those of them that its list has."""
