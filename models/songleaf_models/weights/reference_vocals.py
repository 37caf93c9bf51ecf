"""Writes the voice of a passage of the fixture, as the Python reference separates it, for the engine's parity test.

`python -m songleaf_models.weights.reference_vocals ../tests/fixtures/separation/fishin_vocals.flac`
"""

import sys
from pathlib import Path

import soundfile
import torch

from songleaf_models.weights import listen, reference
from songleaf_models.weights.places import FIXTURE, WEIGHTS_DIR
from songleaf_models.weights.unet import BINS

PASSAGE_SAMPLES = 511 * listen.SEPARATOR_HOP
"""One passage of the network: 512 frames."""
FIRST, LAST = 176_400, 220_500
"""Samples of the passage that are written, one second."""


def write_vocals(target: Path) -> None:
    """Separates the passage from 30 s on without a neighbour and writes 24-bit FLAC."""
    start = 30 * listen.SEPARATOR_RATE
    audio, _ = soundfile.read(FIXTURE, dtype="float32", start=start, stop=start + PASSAGE_SAMPLES)
    window = torch.hann_window(listen.SEPARATOR_FRAME)
    transform = torch.stft(
        torch.from_numpy(audio.T.copy()),
        listen.SEPARATOR_FRAME,
        listen.SEPARATOR_HOP,
        window=window,
        center=True,
        pad_mode="constant",
        return_complex=True,
    )
    magnitudes = transform.abs()[:, :BINS].transpose(1, 2).contiguous().numpy()
    share = listen.share_of_vocals(listen.open_session(WEIGHTS_DIR / "separator.onnx"), magnitudes)
    vocals = reference.apply_share(transform, share)
    soundfile.write(target, vocals[:, FIRST:LAST].T, listen.SEPARATOR_RATE, subtype="PCM_24")


if __name__ == "__main__":
    write_vocals(Path(sys.argv[1]))
