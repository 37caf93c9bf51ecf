"""Renders songs, hears them with the transcriber alone, keeps what was heard and their segments but no sound.

python -m songleaf_models.a2s.hear [--first 100] [--variants 1] [--songs 50] [--seconds 64] [--new] [--jobs 2]
    # what is there is kept
python -m songleaf_models.a2s.hear --first 200 --seconds 64 --all-styles   # for the other arranger: no segments
"""

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial

import numpy as np
import onnxruntime
import soxr

from songleaf_models.a2s.segments import cut_segments
from songleaf_models.a2s.store import SEGMENTS_DIR, VERSION, keep_segments, number_of
from songleaf_models.data.pop909 import list_songs
from songleaf_models.data.renders.clip import render_clip
from songleaf_models.data.renders.plan import PianoUse
from songleaf_models.data.renders.synth import SAMPLE_RATE as RENDER_RATE
from songleaf_models.evidence import SAMPLE_RATE, Evidence, write_evidence
from songleaf_models.places import WEIGHTS_DIR, WHOLE_DIR
from songleaf_models.transcribe import transcribe
from songleaf_models.truth import Truth, write_truth
from songleaf_models.weights.listen import open_session

SEED = 0
FIRST_VARIANT = 100
"""Variants below are the clips of `songleaf_models.data`."""
WHOLE_SONG = 1e4
"""Seconds: longer than any song."""

STYLES = {
    "ballad": 20, "pop": 20, "soft pop": 18, "rock": 10, "hard rock": 4, "funk": 6, "latin": 6, "dance": 8,
    "hip hop": 8,
}  # fmt: skip
"""Those that keep a song's 4/4 and its straight 16ths, with their shares."""
PIANO: dict[PianoUse, int] = {"literal": 60, "revoiced": 22, "reorchestrated": 10, "absent": 8}
"""Whether the part that is to be written sounds: as it is, on another instrument, in other figures, not at all."""
BRIDGE = 0.8
"""Share of the songs in which the second voice sounds."""


def hear_song(
    session: onnxruntime.InferenceSession, number: int, variant: int, seconds: float = WHOLE_SONG
) -> tuple[Truth, Evidence]:
    """A song, or about `seconds` of it, in one of `STYLES`, and what is heard of it. Raises as `render_clip`."""
    rng = np.random.default_rng([number, variant, SEED])
    style = str(rng.choice(list(STYLES), p=np.array(list(STYLES.values())) / sum(STYLES.values())))
    piano = list(PIANO)[int(rng.choice(len(PIANO), p=np.array(list(PIANO.values())) / 100))]
    bridge = bool(rng.random() < BRIDGE)
    record, truth, _ = render_clip(number, variant, SEED, style, seconds, piano, bridge)
    return truth, hear_render(session, record)


def hear_render(session: onnxruntime.InferenceSession, record: np.ndarray) -> Evidence:
    """What the transcriber hears of a render [2, N]."""
    return transcribe(session, soxr.resample(record.mean(0), RENDER_RATE, SAMPLE_RATE).astype(np.float32))


def keep_song(variant: int, seconds: float, all_styles: bool, number: int) -> str:
    """Hears one song and keeps it with its segments, unless they are there; what to say of it.

    `all_styles`: as the clips of `songleaf_models.data` are drawn, of which no segments are kept.
    """
    name = f"{number:03d}.{variant}"
    whole = (WHOLE_DIR / f"{name}.evidence").exists()
    if whole and (all_styles or (SEGMENTS_DIR / f"{name}.v{VERSION}.npy").exists()):
        return f"{name}: there"
    began = time.process_time()
    if all_styles:
        record, truth, _ = render_clip(number, variant, SEED, seconds=seconds)
        evidence, said = hear_render(open_transcriber(), record), "heard"
    else:
        truth, evidence = hear_song(open_transcriber(), number, variant, seconds)
        segments = cut_segments(truth, evidence)
        keep_segments(segments, name)
        said = f"{len(segments)} segments"
    WHOLE_DIR.mkdir(parents=True, exist_ok=True)
    write_truth(truth, WHOLE_DIR / f"{name}.json")
    write_evidence(evidence, WHOLE_DIR / f"{name}.evidence")
    return f"{name}: {said} in {time.process_time() - began:.1f} s"


def list_heard() -> set[int]:
    """Numbers of the songs of which any variant has been heard."""
    return {number_of(path.name) for path in SEGMENTS_DIR.glob(f"*.v{VERSION}.npy")}


@cache
def open_transcriber() -> onnxruntime.InferenceSession:
    """The app's transcriber, opened once a process."""
    return open_session(WEIGHTS_DIR / "basic_pitch.onnx")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=FIRST_VARIANT, help="number of the first variant")
    parser.add_argument("--variants", type=int, default=1)
    parser.add_argument("--songs", type=int, help="of each variant, the first so many of a shuffled list")
    parser.add_argument("--seconds", type=float, default=WHOLE_SONG, help="of each song, from a place drawn by chance")
    parser.add_argument("--new", action="store_true", help="only songs of which no variant is there")
    parser.add_argument("--all-styles", action="store_true", help="and metres; without segments")
    parser.add_argument("--jobs", type=int, default=1, help="songs heard at the same time, each on one core")
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        for variant in range(options.first, options.first + options.variants):
            shuffled = np.random.default_rng([SEED, variant]).permutation([*list_songs("train"), *list_songs("tune")])
            known = list_heard() if options.new else set()
            numbers = [number for number in shuffled.tolist() if number not in known][: options.songs]
            work = partial(keep_song, variant, options.seconds, options.all_styles)
            for done, said in enumerate(pool.map(work, numbers), 1):
                print(f"{done}/{len(numbers)} {said}", flush=True)


if __name__ == "__main__":
    main()
