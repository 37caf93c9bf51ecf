"""Where the pipeline reads and writes."""

from songleaf_models.places import CACHE_DIR, MODELS_DIR, WEIGHTS_DIR

__all__ = ["CACHE_DIR", "FIXTURE", "WEIGHTS_DIR"]

FIXTURE = MODELS_DIR.parent / "tests" / "fixtures" / "lets_go_fishin.ogg"
"""A real song (Karissa Hobbs, CC BY 3.0) for parity and speed."""
