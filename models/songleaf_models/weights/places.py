"""Where the pipeline reads and writes."""

from pathlib import Path

MODELS_DIR = Path(__file__).resolve().parents[2]
"""The folder `models` of the source."""

CACHE_DIR = MODELS_DIR / ".cache"
"""Downloads and unpacked checkpoints; ignored by git."""

WEIGHTS_DIR = MODELS_DIR / "weights"
"""What the app ships: networks, `manifest.json`, licences."""

FIXTURE = MODELS_DIR.parent / "tests" / "fixtures" / "lets_go_fishin.ogg"
"""A real song (Karissa Hobbs, CC BY 3.0) for parity and speed."""
