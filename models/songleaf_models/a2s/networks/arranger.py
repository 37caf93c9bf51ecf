"""The whole model: encoders, latents, decoders."""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from songleaf_models.a2s.networks.chords import ChordDecoder, ChordEncoder
from songleaf_models.a2s.networks.features import FeatureDecoder, read_features
from songleaf_models.a2s.networks.gaussian import Gaussian
from songleaf_models.a2s.networks.shape import Shape
from songleaf_models.a2s.networks.texture import AudioTexture, ScoreTexture
from songleaf_models.a2s.networks.transcriber import Transcriber
from songleaf_models.a2s.networks.tree import TreeDecoder


class Latents(NamedTuple):
    """Posteriors of a batch; None where the model lacks the branch or nothing was given."""

    chords: Gaussian | None
    audio: Gaussian
    score: Gaussian | None


class Arranger(nn.Module):
    """Chords [B, 8, 36], audio (log-mel [B, 229, 153] or posteriors [B, 3, 153, 88]) and a score [B, 32, 128]."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.chord_encoder = ChordEncoder(shape) if shape.chords else None
        self.chord_decoder = ChordDecoder(shape) if shape.chords else None
        self.transcriber = Transcriber(shape.transcriber_width) if shape.audio == "mel" else None
        self.audio_texture = AudioTexture(shape)
        self.score_texture = ScoreTexture(shape) if shape.score else None
        self.feature_decoder = FeatureDecoder(shape) if shape.features else None
        self.tree = TreeDecoder(shape)

    def encode(self, chords: Tensor, audio: Tensor, score: Tensor | None) -> Latents:
        """Posteriors; without `score` that of the score texture is None."""
        heard = self.transcriber(audio) if self.transcriber is not None else audio
        return Latents(
            self.chord_encoder(chords) if self.chord_encoder is not None else None,
            self.audio_texture(heard),
            self.score_texture(score) if self.score_texture is not None and score is not None else None,
        )

    def join(self, z_chords: Tensor | None, z_audio: Tensor, z_score: Tensor | None) -> Tensor:
        """[B, Z] chords, audio texture, score texture; zeros for a score texture that is not given."""
        parts = [z_audio] if z_chords is None else [z_chords, z_audio]
        if self.shape.score:
            parts.append(z_score if z_score is not None else z_audio.new_zeros(len(z_audio), self.shape.z_score))
        return torch.cat(parts, -1)

    def imagine_features(self, z_audio: Tensor) -> Tensor | None:
        """Soft features [B, 32, 3] as the audio texture has them, nothing forced."""
        if self.feature_decoder is None:
            return None
        steps = 32
        nothing = z_audio.new_zeros(len(z_audio), steps, 3)
        return read_features(self.feature_decoder(z_audio, nothing, [False] * steps))

    @torch.no_grad()
    def arrange(self, chords: Tensor, audio: Tensor, score: Tensor | None, ascending: bool) -> Tensor:
        """Tree [B, 32, 16, 6] from the means of the posteriors, z_score = 0 without a score; call `eval` before."""
        latents = self.encode(chords, audio, score)
        z = self.join(
            latents.chords.mean if latents.chords is not None else None,
            latents.audio.mean,
            latents.score.mean if latents.score is not None else None,
        )
        write = self.tree.write_ascending if ascending else self.tree.write
        return write(z, self.imagine_features(latents.audio.mean))
