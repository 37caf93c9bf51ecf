"""PianoTree decoder: a GRU over steps, at each of them a GRU over its notes, computed for the notes there are.

After Wang et al., PianoTree VAE, ISMIR 2020; durations come from a linear layer.
"""

import itertools
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pack_padded_sequence

from songleaf_models.a2s.grid import STEPS
from songleaf_models.a2s.networks.features import FEATURES
from songleaf_models.a2s.networks.gaussian import Places
from songleaf_models.a2s.networks.recurrent import run_gru
from songleaf_models.a2s.networks.shape import Shape
from songleaf_models.a2s.piano_tree import BITS, EOS, MOST_NOTES, PAD, SOS

CLASSES = 130
"""Pitches, SOS, EOS."""
ROWS = 64
"""Rows of a product are rounded up to a multiple: bfloat16 products are compiled anew for every number of rows."""


END_FIRST, END_FURTHER = 0.58, 0.38
"""Probability of the end from which a step has no note, and no further one. The likeliest token would be the end too
often where a note is sure but not its pitch, and too seldom behind it."""

LENGTH_BITS = [float(1 << bit) for bit in reversed(range(BITS))]
"""Steps that each bit of a length less one stands for."""


class TreeLogits(NamedTuple):
    """Of every slot that a target has, in one list: pitch [M, 130], duration [M, 5, 2], and the targets [M, 6]."""

    pitch: Tensor
    duration: Tensor
    target: Tensor


class NoteEmbedding(nn.Module):
    """Slots [..., 6] -> [..., width]; PAD is no pitch at all."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.linear = nn.Linear(CLASSES + BITS, width)

    def forward(self, slots: Tensor) -> Tensor:
        weight, bias = self.linear.weight, self.linear.bias
        table = functional.pad(weight[:, :CLASSES], (0, 1)).t()
        durations = functional.linear(slots[..., 1:].to(weight.dtype), weight[:, CLASSES:], bias)
        return functional.embedding(slots[..., 0].long(), table) + durations


class StepSummary(nn.Module):
    """Embedded slots [R, K, width] with their numbers [R] -> [R, 2 hidden], of SOS and the notes, without EOS."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.gru = nn.GRU(width, hidden, batch_first=True, bidirectional=True)

    def forward(self, embedded: Tensor, lengths: Tensor) -> Tensor:
        packed = pack_padded_sequence(embedded, lengths, batch_first=True, enforce_sorted=False)
        _, last = self.gru(packed)
        return torch.cat([last[0], last[1]], -1)


class TreeDecoder(nn.Module):
    """Latents and embedded features to notes."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        time, note, width = shape.time_hidden, shape.note_hidden, shape.note_embedding
        summary = 2 * shape.summary_hidden
        self.embedding = NoteEmbedding(width)
        self.summary = StepSummary(width, shape.summary_hidden)
        self.first_summary = nn.Parameter(torch.rand(summary))
        self.time_state = nn.Linear(shape.z, time)
        self.side = nn.Linear(shape.z, shape.tree_side)
        self.places = Places(shape.z, STEPS, shape.tree_places) if shape.tree_places else None
        self.feature_embedding = nn.Linear(FEATURES, shape.feature_embedding) if shape.features else None
        extra = shape.feature_embedding if shape.features else 0
        self.time_gru = nn.GRU(summary + shape.tree_side + shape.tree_places + extra, time, batch_first=True)
        self.note_state = nn.Linear(time, note)
        self.note_cell = nn.GRUCell(time + width, note)
        self.pitch = nn.Linear(note, CLASSES)
        self.duration = nn.Linear(note, 2 * BITS)

    def forward(
        self,
        z: Tensor,
        features: Tensor | None,
        tree: Tensor,
        time_forced: list[bool],
        note_forced: list[list[bool]],
        hide: float = 0.0,
        hide_all: float = 0.0,
    ) -> TreeLogits:
        """Learns z [B, Z], soft features [B, 32, 3] or None and the target [B, 32, 16, 6].

        Where `time_forced[step]`, the step before is read from the target, otherwise from what was answered there;
        `note_forced[step][slot]` says the same of the note before in a step. Between steps that read an answer all is
        computed at once. With the probability `hide` a step sees nothing of the one before, with `hide_all` no step of
        a row sees any other.
        """
        notes = (tree[..., 0] < SOS).sum(-1)
        flat = tree.flatten(0, 1)
        embedded = self.embedding(flat)
        told = self.summary(embedded, (notes.flatten() + 1).cpu()).unflatten(0, (len(z), STEPS))
        embedded = embedded.unflatten(0, (len(z), STEPS))
        beside = self._lay_beside(z, features)
        state = self.time_state(z)[None]
        before = self.first_summary.expand(len(z), 1, -1)
        seen = torch.bernoulli(torch.full((len(z), 1, 1), 1 - hide_all))
        seen = seen * torch.bernoulli(torch.full((len(z), STEPS, 1), 1 - hide))
        parts: list[TreeLogits] = []
        borders = [0, *(step for step in range(1, STEPS) if not time_forced[step]), STEPS]
        lengths = [stop - start for start, stop in itertools.pairwise(borders)]
        # Parts of one split: the gradient of a slice is as large as what it was cut from.
        cut = zip(*(each.split(lengths, 1) for each in (told, beside, tree, embedded, notes, seen)), strict=True)
        for (start, stop), own in zip(itertools.pairwise(borders), cut, strict=True):
            own_told, own_beside, own_tree, own_embedded, own_notes, own_seen = own
            summaries = torch.cat([before, own_told[:, :-1]], 1) * own_seen
            output, state = run_gru(self.time_gru, torch.cat([summaries, own_beside], -1), state)
            logits, answered = self._learn_notes(output, own_tree, own_embedded, own_notes, note_forced[start:stop])
            parts.append(logits)
            if stop < STEPS:
                before = self._summarise(answered)[:, None]
        return TreeLogits(*(torch.cat(values) for values in zip(*parts, strict=True)))

    def _lay_beside(self, z: Tensor, features: Tensor | None) -> Tensor:
        """[B, 32, side + places + features] what the time GRU reads beside the step before."""
        side = self.side(z)[:, None].expand(-1, STEPS, -1)
        if self.places is not None:
            side = torch.cat([side, self.places(z)], -1)
        if self.feature_embedding is None or features is None:
            return side
        return torch.cat([side, self.feature_embedding(features)], -1)

    def _learn_notes(
        self, output: Tensor, tree: Tensor, embedded: Tensor, notes: Tensor, forced: list[list[bool]]
    ) -> tuple[TreeLogits, Tensor]:
        """Logits of all slots of the steps [B, L, ...], and what was answered in the last step: [B, 16, 6] with SOS.

        An answer is cut off one note behind its target's last.
        """
        batch, length = notes.shape
        counts = (notes + 1).flatten()
        order = torch.argsort(counts, descending=True, stable=True)
        counts = counts[order]
        tree = tree.flatten(0, 1)[order]
        tokens = embedded.flatten(0, 1)[order].unbind(1)
        rows = output.flatten(0, 1)[order]
        step_of = order % length
        last = step_of == length - 1
        answered = tree.new_full((batch * length, tree.shape[1], 1 + BITS), PAD)
        answered[:, 0] = tree[:, 0]
        hidden = self.note_state(rows)
        told, note_weight = self._tell_notes(rows)
        own: Tensor | None = None
        pitches, durations, targets = [], [], []
        for slot in range(int(counts[0])):
            active = int((counts > slot).sum())
            room = min(len(counts), -(-active // ROWS) * ROWS)
            token = tokens[slot][:room]
            if own is not None:
                free = torch.tensor([not steps[slot] for steps in forced])[step_of[:room]]
                if free.any():
                    token = torch.where(free[:, None], self.embedding(own[:room]), token)
            hidden = self._step_notes(told[:room] + functional.linear(token, note_weight), hidden[:room])
            pitch, duration = self.pitch(hidden), self.duration(hidden).unflatten(-1, (BITS, 2))
            own = read_slots(pitch, duration)
            answered[:active, slot + 1] = own[:active]
            pitches.append(pitch[:active])
            durations.append(duration[:active])
            targets.append(tree[:active, slot + 1])
        logits = TreeLogits(torch.cat(pitches), torch.cat(durations), torch.cat(targets))
        final = torch.empty_like(answered[last])
        final[torch.div(order[last], length, rounding_mode="floor")] = answered[last]
        return logits, final

    def _tell_notes(self, output: Tensor) -> tuple[Tensor, Tensor]:
        """What the note GRU reads of the time GRU's output [R, time], multiplied, and the weights for the notes."""
        width, weight = output.shape[-1], self.note_cell.weight_ih
        return functional.linear(output, weight[:, :width], self.note_cell.bias_ih), weight[:, width:]

    def _step_notes(self, told: Tensor, hidden: Tensor) -> Tensor:
        """A GRU step whose input has been multiplied before."""
        read = functional.linear(hidden, self.note_cell.weight_hh, self.note_cell.bias_hh)
        told_reset, told_update, told_new = told.chunk(3, -1)
        read_reset, read_update, read_new = read.chunk(3, -1)
        reset, update = torch.sigmoid(told_reset + read_reset), torch.sigmoid(told_update + read_update)
        return torch.lerp(torch.tanh(told_new + reset * read_new), hidden, update)

    def _summarise(self, answered: Tensor) -> Tensor:
        """[B, 16, 6] with SOS -> [B, 2 hidden]; what follows the first EOS does not count."""
        lengths = count_before_end(answered)
        return self.summary(self.embedding(answered), lengths.cpu())

    def write(self, z: Tensor, features: Tensor | None) -> Tensor:
        """z [B, Z], soft features [B, 32, 3] or None -> tree [B, 32, 16, 6]: the likeliest tokens, as published."""
        beside = self._lay_beside(z, features)
        state = self.time_state(z)[None]
        before = self.first_summary.expand(len(z), 1, -1)
        steps = []
        for step in range(STEPS):
            output, state = self.time_gru(torch.cat([before, beside[:, step : step + 1]], -1), state)
            steps.append(self._write_step(output[:, 0], ascending=False))
            before = self._summarise(steps[-1])[:, None]
        return torch.stack(steps, 1)

    def write_ascending(self, z: Tensor, features: Tensor | None) -> Tensor:
        """As `write`, but each note of a step lies above the one before, as in targets ordered by pitch.

        A note is as long as is to be expected, steps end as `END_FIRST` and `END_FURTHER` say, and none sees the one
        before: the network has learned to do without (`Stage.hide_all`), and what was wrong in one would go on. On the
        segments that training leaves out (number % 20 == 3) note F is 0.02 and onset F 0.03 lower where a step sees 0.3
        of the summary of what was written before, another 0.03 and 0.05 where it sees 0.6.
        """
        beside = self._lay_beside(z, features)
        nothing = beside.new_zeros(len(z), STEPS, len(self.first_summary))
        output, _ = self.time_gru(torch.cat([nothing, beside], -1), self.time_state(z)[None])
        written = self._write_step(output.flatten(0, 1), ascending=True)
        return written.view(len(z), STEPS, *written.shape[1:])

    def _write_step(self, output: Tensor, ascending: bool) -> Tensor:
        """[B, time] -> [B, 16, 6]."""
        answered = torch.full((len(output), MOST_NOTES + 2, 1 + BITS), PAD)
        answered[:, 0] = torch.tensor([SOS, *[2] * BITS])
        told, note_weight = self._tell_notes(output)
        hidden = self.note_state(output)
        going = torch.arange(len(output))
        for slot in range(MOST_NOTES + 1):
            previous = answered[going, slot]
            token = self.embedding(previous)
            hidden = self._step_notes(told + functional.linear(token, note_weight), hidden)
            pitch, duration = self.pitch(hidden), self.duration(hidden).unflatten(-1, (BITS, 2))
            pitch = forbid(pitch, previous[:, 0], ascending, ends=slot == MOST_NOTES)
            if ascending:
                pitch = decide_end(pitch, END_FURTHER if slot else END_FIRST)
            own = read_slots(pitch, duration)
            if ascending:
                own[:, 1:] = torch.where((own[:, :1] < SOS), expect_bits(duration), own[:, 1:])
            answered[going, slot + 1] = own
            left = own[:, 0] != EOS
            if not left.any():
                break
            going, told, hidden = going[left], told[left], hidden[left]
        return answered


def read_slots(pitch: Tensor, duration: Tensor) -> Tensor:
    """Likeliest slots [M, 6]; SOS and EOS have no duration."""
    chosen = pitch.argmax(-1)
    bits = (duration[..., 1] > duration[..., 0]).long()
    return torch.cat([chosen[:, None], torch.where((chosen < SOS)[:, None], bits, 2)], -1)


def expect_bits(duration: Tensor) -> Tensor:
    """Logits of bits [M, 5, 2] -> bits [M, 5] of the length that is to be expected, rounded.

    Bit by bit the likelier one gives lengths that are too short: long ones are rare.
    """
    weights = torch.tensor(LENGTH_BITS)
    length = torch.floor((functional.softmax(duration, -1)[..., 1] * weights).sum(-1) + 0.5)
    return (torch.floor(length[:, None] / weights) % 2).long()


def forbid(pitch: Tensor, previous: Tensor, ascending: bool, ends: bool) -> Tensor:
    """Logits [R, 130] without what cannot follow: SOS, notes not above the one before, notes where a step is full."""
    classes = torch.arange(CLASSES)
    barred = (classes == SOS).expand_as(pitch)
    if ends:
        barred = barred | (classes < SOS)
    if ascending:
        below = (classes <= previous[:, None]) & (classes < SOS) & (previous < SOS)[:, None]
        barred = barred | below
    return pitch.masked_fill(barred, -1e9)


def decide_end(pitch: Tensor, limit: float) -> Tensor:
    """Logits [R, 130] whose greatest is the end where its probability is above `limit`, and a note elsewhere."""
    ends = functional.softmax(pitch, -1)[:, EOS] > limit
    decided = pitch.clone()
    decided[:, EOS] = torch.where(ends, torch.inf, -torch.inf)
    return decided


def count_before_end(slots: Tensor) -> Tensor:
    """[R] slots before the first EOS or PAD, of [R, K, 6] that begin with SOS."""
    ended = slots[..., 0] >= EOS
    return torch.where(ended.any(-1), ended.int().argmax(-1), slots.shape[1])
