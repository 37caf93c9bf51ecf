"""Draws the curves of a run's stages, one below the other as they follow."""

import csv
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

_PANELS = (
    ("cross entropy", ("pitch", "held_out_pitch", "duration", "held_out_duration")),
    ("held-out F-measures, score texture 0", ("held_out_note_f", "held_out_onset_f")),
    ("other losses", ("features", "chords", "kl_chords", "kl_audio", "kl_score")),
)


def plot_curves(folder: Path) -> None:
    """Writes curves.png of every STAGE.csv of a run; stages follow one another in order of their names."""
    figure, axes = pyplot.subplots(len(_PANELS), 1, figsize=(9, 10), sharex=True)
    begin = 0.0
    for path in sorted(folder.glob("*.csv")):
        with path.open() as file:
            rows = list(csv.DictReader(file))
        steps = [begin + float(row["step"]) for row in rows]
        for axis, (title, columns) in zip(axes, _PANELS, strict=True):
            axis.set_title(title)
            for number, column in enumerate(columns):
                values = [float(row.get(column) or "nan") for row in rows]
                axis.plot(steps, values, color=f"C{number}", label=None if begin else column)
            axis.axvline(begin, color="0.7", linewidth=0.5)
            axis.text(begin, 1.0, f" {path.stem}", transform=axis.get_xaxis_transform(), va="top")
        begin = steps[-1] if steps else begin
    for axis in axes:
        axis.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    axes[-1].set_xlabel("step")
    temporary = folder / "curves.part.png"
    figure.savefig(temporary, bbox_inches="tight", dpi=80)
    pyplot.close(figure)
    temporary.replace(folder / "curves.png")
