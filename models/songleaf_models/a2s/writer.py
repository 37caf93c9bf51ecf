"""Decoding as one graph: latents in, notes out, for all windows and takes at once.

The same arithmetic as `networks/tree.py` and `networks/features.py` without forcing, in operations that ONNX has: every
row goes on until the last one of a step has ended, and the step's summary is gathered on the way.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from songleaf_models.a2s.grid import STEPS
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.tree import END_FIRST, END_FURTHER, OWN_SHARE
from songleaf_models.a2s.piano_tree import BITS, EOS, MOST_NOTES, NO_DURATION, PAD, SOS


class Cell(nn.Module):
    """A GRU step."""

    def __init__(self, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> None:
        super().__init__()
        self.read, self.keep = _linear(weight_ih, bias_ih), _linear(weight_hh, bias_hh)

    def forward(self, x: Tensor, state: Tensor) -> Tensor:
        told, kept = torch.chunk(self.read(x), 3, -1), torch.chunk(self.keep(state), 3, -1)
        reset, update = torch.sigmoid(told[0] + kept[0]), torch.sigmoid(told[1] + kept[1])
        new = torch.tanh(told[2] + reset * kept[2])
        return new + update * (state - new)


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight, layer.bias = nn.Parameter(weight.detach().clone()), nn.Parameter(bias.detach().clone())
    return layer


def _cell(gru: nn.GRU | nn.GRUCell, suffix: str) -> Cell:
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return Cell(*(getattr(gru, name + suffix) for name in names))


class Writer(nn.Module):
    """z [N, Z] -> pitch [N, 32, 14] (129 and up: none), duration in steps [N, 32, 14], soft features [N, 32, 3].

    Without a feature decoder the features are zeros.
    """

    def __init__(self, network: Arranger, ascending: bool) -> None:
        super().__init__()
        tree, features, shape = network.tree, network.feature_decoder, network.shape
        self.ascending = ascending
        # TorchScript knows no constants of a module.
        self.step_count, self.most, self.bit_count = STEPS, MOST_NOTES, BITS
        self.sos, self.eos, self.pad, self.no_duration = SOS, EOS, PAD, NO_DURATION
        self.end_first, self.end_further = END_FIRST, END_FURTHER
        self.own_share = OWN_SHARE if ascending else 1.0
        self.has_features = features is not None and tree.feature_embedding is not None
        self.audio_from = shape.z_chords if shape.chords else 0
        self.audio_to = self.audio_from + shape.z_audio
        self.time_state, self.side = tree.time_state, tree.side
        self.has_places = tree.places is not None
        self.tree_places = tree.places if tree.places is not None else nn.Identity()
        self.first_summary = tree.first_summary
        self.time_cell = _cell(tree.time_gru, "_l0")
        self.note_state, self.note_cell = tree.note_state, _cell(tree.note_cell, "")
        self.pitch, self.duration = tree.pitch, tree.duration
        self.embedding = tree.embedding.linear
        self.summary_forward = _cell(tree.summary.gru, "_l0")
        self.summary_backward = _cell(tree.summary.gru, "_l0_reverse")
        self.summary_width = shape.summary_hidden
        if features is not None and tree.feature_embedding is not None:
            self.feature_state, self.feature_side = features.state, features.side
            self.feature_start, self.feature_out = features.start, features.out
            self.has_feature_places = features.places is not None
            self.feature_places = features.places if features.places is not None else nn.Identity()
            self.feature_cell = _cell(features.cell, "")
            self.feature_embedding = tree.feature_embedding
        else:
            self.feature_state = self.feature_side = self.feature_out = self.feature_embedding = nn.Linear(1, 1)
            self.has_feature_places, self.feature_places = False, nn.Identity()
            self.feature_start, self.feature_cell = nn.Parameter(torch.zeros(3)), self.time_cell

    def embed(self, pitch: Tensor, bits: Tensor) -> Tensor:
        """pitch [N], bits [N, 5] float -> [N, embedding]."""
        notes = functional.one_hot(pitch, self.pad + 1)[:, : self.pad].to(bits.dtype)
        return self.embedding(torch.cat([notes, bits], -1))

    def imagine(self, z: Tensor) -> Tensor:
        """z_audio [N, Z] -> soft features [N, 32, 3]."""
        state, side = self.feature_state(z), self.feature_side(z)
        places = self.feature_places(z)
        token = self.feature_start.unsqueeze(0).expand(z.size(0), 3)
        features = torch.zeros(z.size(0), self.step_count, 3)
        steps = torch.arange(self.step_count).view(1, self.step_count, 1)
        # Not `for`: the exporter would lay out every turn of it.
        step = 0
        while step < self.step_count:
            inputs = torch.cat([token, side], -1)
            if self.has_feature_places:
                inputs = torch.cat([inputs, places.index_select(1, torch.tensor([step])).squeeze(1)], -1)
            state = self.feature_cell(inputs, state)
            answer = self.feature_out(state)
            bass, lead = torch.sigmoid(answer[:, 0:1]), torch.sigmoid(answer[:, 2:3])
            soft = torch.cat([bass, answer[:, 1:2], lead], -1)
            features = torch.where(steps == step, soft.unsqueeze(1), features)
            token = torch.cat([bass, answer[:, 1:2], (lead > 0.5).to(z.dtype)], -1)
            step = step + 1
        return features

    def forward(self, z: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        rows = z.size(0)
        features = torch.zeros(rows, self.step_count, 3)
        if self.has_features:
            features = self.imagine(z[:, self.audio_from : self.audio_to])
        side = self.side(z)
        places = self.tree_places(z)
        state = self.time_state(z)
        summary = self.first_summary.unsqueeze(0).expand(rows, 2 * self.summary_width)
        slots = torch.arange(self.most).view(1, self.most)
        classes = torch.arange(self.pad).view(1, self.pad)
        weights = torch.tensor([16.0, 8.0, 4.0, 2.0, 1.0])
        all_pitches, all_lengths = (
            torch.zeros(rows, self.step_count, self.most),
            torch.zeros(rows, self.step_count, self.most),
        )
        steps = torch.arange(self.step_count).view(1, self.step_count, 1)
        step = 0
        while step < self.step_count:
            inputs = torch.cat([summary, side], -1)
            if self.has_places:
                inputs = torch.cat([inputs, places.index_select(1, torch.tensor([step])).squeeze(1)], -1)
            if self.has_features:
                told = features.index_select(1, torch.tensor([step])).squeeze(1)
                inputs = torch.cat([inputs, self.feature_embedding(told)], -1)
            state = self.time_cell(inputs, state)
            hidden = self.note_state(state)
            previous = torch.full((rows,), self.sos, dtype=torch.long)
            bits = torch.full((rows, self.bit_count), float(self.no_duration))
            alive = torch.ones(rows, dtype=torch.bool)
            pitches = torch.full((rows, self.most), self.eos, dtype=torch.long)
            lengths = torch.zeros(rows, self.most)
            before = torch.zeros(rows, self.summary_width)
            slot = 0
            going = True
            while going:
                token = self.embed(previous, bits)
                before = torch.where(alive.unsqueeze(1), self.summary_forward(token, before), before)
                hidden = self.note_cell(torch.cat([state, token], -1), hidden)
                logits = self.pitch(hidden).masked_fill(classes == self.sos, -1e9)
                if self.ascending:
                    low = (classes <= previous.unsqueeze(1)) & (classes < self.sos) & (previous < self.sos).unsqueeze(1)
                    logits = logits.masked_fill(low, -1e9)
                    limit = self.end_first if slot == 0 else self.end_further
                    ends = torch.softmax(logits, -1)[:, self.eos : self.eos + 1] > limit
                    logits = torch.where(classes == self.eos, torch.where(ends, 1e9, -2e9), logits)
                answers = self.duration(hidden).view(-1, self.bit_count, 2)
                if self.ascending:
                    expected = (torch.softmax(answers, -1)[:, :, 1] * weights).sum(1, keepdim=True)
                    bits = torch.floor(torch.floor(expected + 0.5) / weights) % 2
                else:
                    bits = (answers[:, :, 1] > answers[:, :, 0]).to(z.dtype)
                previous = torch.where(alive, logits.argmax(-1), torch.full_like(previous, self.eos))
                alive = previous != self.eos
                here = (slots == slot) & alive.unsqueeze(1)
                pitches = torch.where(here, previous.unsqueeze(1), pitches)
                lengths = torch.where(here, (bits * weights).sum(1, keepdim=True) + 1, lengths)
                slot = slot + 1
                going = bool(alive.any()) and slot < self.most
            # Where a step is full, its last note has not been read yet.
            last = self.summary_forward(self.embed(previous, bits), before)
            before = torch.where(alive.unsqueeze(1), last, before)
            behind = torch.zeros(rows, self.summary_width)
            while slot > 0:
                slot = slot - 1
                index = torch.tensor([slot])
                pitch = pitches.index_select(1, index).squeeze(1)
                length = lengths.index_select(1, index) - 1
                token = self.embed(pitch, torch.floor(length / weights) % 2)
                behind = torch.where((pitch < self.sos).unsqueeze(1), self.summary_backward(token, behind), behind)
            start = self.embed(
                torch.full((rows,), self.sos, dtype=torch.long),
                torch.full((rows, self.bit_count), float(self.no_duration)),
            )
            behind = self.summary_backward(start, behind)
            summary = self.own_share * torch.cat([before, behind], -1)
            all_pitches = torch.where(steps == step, pitches.to(z.dtype).unsqueeze(1), all_pitches)
            all_lengths = torch.where(steps == step, lengths.unsqueeze(1), all_lengths)
            step = step + 1
        return all_pitches.to(torch.int32), all_lengths.to(torch.int32), features
