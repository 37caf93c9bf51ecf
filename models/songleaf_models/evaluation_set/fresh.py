"""Songs for a last measurement: the evaluation set's recipes, dealt to songs that no choice was made on.

Figures on a set that was in sight while constants were chosen flatter. These songs are never trained on, and nobody
looks at them before the choices are made; their instruments are the evaluation set's.
"""

from dataclasses import replace

from songleaf_models.data.pop909 import list_songs
from songleaf_models.evaluation_set.recipes import RECIPES, Recipe

_WALTZES = frozenset({173})
"""Recipes whose patterns need three beats a bar; all songs here have four."""


def list_fresh_recipes() -> list[Recipe]:
    """One recipe a song, in order of number. Raises FileNotFoundError without POP909."""
    recipes = [recipe for recipe in RECIPES if recipe.number not in _WALTZES]
    return [replace(recipe, number=number) for number, recipe in zip(list_songs("fresh"), recipes, strict=False)]
