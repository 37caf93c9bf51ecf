"""Renders training clips; what is there is kept.

python -m songleaf_models.data.renders --variants 2 --jobs 2
"""

import argparse
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import soundfile

from songleaf_models.data.renders.piece import list_pieces
from songleaf_models.data.renders.render import render
from songleaf_models.data.renders.synth import SAMPLE_RATE
from songleaf_models.places import TRAIN_DIR
from songleaf_models.truth import write_truth


def render_clip(name: str, variant: int) -> float:
    """Writes NAME.VARIANT.flac and .json; returns processor seconds (0 where they were there)."""
    audio = TRAIN_DIR / f"{name}.{variant}.flac"
    if audio.exists() and audio.with_suffix(".json").exists():
        return 0.0
    began = time.process_time()
    record, truth = render(name, variant)
    write_truth(truth, audio.with_suffix(".json"))
    temporary = Path(f"{audio}.{os.getpid()}.tmp")
    soundfile.write(temporary, record.T, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    temporary.replace(audio)
    return time.process_time() - began


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--limit", type=int)
    arguments = parser.parse_args()
    TRAIN_DIR.mkdir(parents=True, exist_ok=True)
    # 97 is coprime to any count below: every prefix of the work is a varied sample.
    names = list_pieces()
    order = [names[i * 97 % len(names)] for i in range(len(names))]
    tune = list_pieces((3,))
    clips = [(name, variant) for variant in range(arguments.variants) for name in [*tune, *order]][: arguments.limit]
    with ProcessPoolExecutor(arguments.jobs) as pool:
        seconds = 0.0
        for done, cost in enumerate(pool.map(render_clip, *zip(*clips, strict=True)), 1):
            seconds += cost
            if done % 10 == 0:
                print(f"{done} of {len(clips)} clips, {seconds / done:.1f} s each", flush=True)


if __name__ == "__main__":
    main()
