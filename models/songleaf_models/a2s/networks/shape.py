"""Sizes of the networks; the defaults are the published ones."""

from dataclasses import dataclass
from typing import Literal

Audio = Literal["mel", "posteriors"]


@dataclass(frozen=True)
class Shape:
    """Widths of layers; `audio` says what the audio-texture head reads: what the transcriber that is trained along
    hears in a log-mel spectrogram, or posteriors that were heard before."""

    audio: Audio = "mel"
    z_chords: int = 128
    z_audio: int = 192
    z_score: int = 192
    # Whether the chord branch, the score-texture encoder and the feature decoder are there: the baselines lack some.
    chords: bool = True
    score: bool = True
    features: bool = True
    transcriber_width: int = 768
    chord_encoder: int = 256
    chord_decoder: int = 512
    chord_side: int = 256
    head_channels: int = 20
    head_hidden: int = 1024
    score_channels: int = 10
    score_wide: int = 1000
    score_embedding: int = 256
    score_hidden: int = 1024
    feature_hidden: int = 1024
    feature_side: int = 128
    feature_embedding: int = 64
    note_embedding: int = 128
    summary_hidden: int = 128
    tree_side: int = 256
    time_hidden: int = 1024
    note_hidden: int = 512
    # Numbers that go straight between the latents and each place of a sequence, beside the states that are carried
    # along it: of the audio-texture head, the score-texture encoder, the feature decoder and the note decoder. The
    # published networks have none; with some, what happens where is learned in a fraction of the time.
    head_places: int = 0
    score_places: int = 0
    feature_places: int = 0
    tree_places: int = 0

    @property
    def z(self) -> int:
        """Length of the whole latent: chords, audio texture, score texture, in this order."""
        return self.chords * self.z_chords + self.z_audio + self.score * self.z_score
