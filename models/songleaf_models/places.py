"""Where data comes from and where what is made of it lies."""

import os
from pathlib import Path

MODELS_DIR = Path(__file__).resolve().parents[1]
"""The folder `models` of the source."""

CACHE_DIR = Path(os.environ.get("SONGLEAF_MODELS_CACHE", MODELS_DIR / ".cache"))
"""Renders, what was heard in them, downloads; ignored by git, rebuilt by one command each."""

DATA_DIR = Path(os.environ.get("SONGLEAF_DATA", MODELS_DIR.parents[1] / "shared"))
"""Data sets beside the project: POP909 and its structure labels, Groove, Billboard. Only training needs them."""

WEIGHTS_DIR = MODELS_DIR / "weights"
"""What the app ships: networks, `manifest.json`, licences."""

TRAIN_DIR = CACHE_DIR / "train"
"""Training renders: NAME.flac, NAME.json (the truth), NAME.evidence (what the engine heard); NAME is SONG.VARIANT."""

WHOLE_DIR = CACHE_DIR / "whole-songs"
"""Whole songs rendered for training: NAME.json and NAME.evidence with what the transcriber alone heard; no sound."""

EVALUATION_DIR = CACHE_DIR / "evaluation"
"""The evaluation set, laid out like the training renders."""

FRESH_DIR = CACHE_DIR / "fresh"
"""Other songs rendered by the evaluation set's recipes, looked at only after every choice is made."""

REAL_DIR = CACHE_DIR / "real"
"""Real recordings with known beats, laid out like the renders."""

FULL_SONGS_DIR = CACHE_DIR / "full-songs"
"""Real full-length recordings of which nothing is known but that they must not trouble the engine."""
