"""Decoding as one graph: latents in, notes out, for all steps of all windows and takes at once.

The same arithmetic as `TreeDecoder.write_ascending` and `networks/features.py` without forcing, in operations that ONNX
has.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from songleaf_models.a2s.grid import STEPS
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.tree import END_FIRST, END_FURTHER, LENGTH_BITS
from songleaf_models.a2s.piano_tree import BITS, EOS, MOST_NOTES, NO_DURATION, PAD, SOS


class Cell(nn.Module):
    """A GRU step."""

    def __init__(self, weight_ih: Tensor, weight_hh: Tensor, bias_ih: Tensor, bias_hh: Tensor) -> None:
        super().__init__()
        self.read, self.keep = _linear(weight_ih, bias_ih), _linear(weight_hh, bias_hh)

    def forward(self, x: Tensor, state: Tensor) -> Tensor:
        read, kept = list(torch.chunk(self.read(x), 3, -1)), list(torch.chunk(self.keep(state), 3, -1))
        return pass_gates(read, kept, state)


def pass_gates(read: list[Tensor], kept: list[Tensor], state: Tensor) -> Tensor:
    """A GRU's next state, from its input and its state multiplied with the weights of reset, update and new."""
    reset, update = torch.sigmoid(read[0] + kept[0]), torch.sigmoid(read[1] + kept[1])
    new = torch.tanh(read[2] + reset * kept[2])
    return new + update * (state - new)


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight, layer.bias = nn.Parameter(weight.detach().clone()), nn.Parameter(bias.detach().clone())
    return layer


def _cell(gru: nn.GRU | nn.GRUCell, suffix: str) -> Cell:
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return Cell(*(getattr(gru, name + suffix) for name in names))


def _drop_inputs(gru: nn.GRU, count: int) -> nn.GRU:
    """The same GRU where its first `count` inputs are 0."""
    left = nn.GRU(gru.input_size - count, gru.hidden_size, batch_first=True)
    weights = gru.state_dict()
    left.load_state_dict({**weights, "weight_ih_l0": weights["weight_ih_l0"][:, count:]})
    return left


class Writer(nn.Module):
    """z [N, Z] -> pitch [N, 32, 14] (129 and up: none), duration in steps [N, 32, 14], soft features [N, 32, 3].

    Without a feature decoder the features are zeros.
    """

    def __init__(self, network: Arranger) -> None:
        super().__init__()
        tree, features, shape = network.tree, network.feature_decoder, network.shape
        # TorchScript knows no constants of a module.
        self.step_count, self.most, self.bit_count = STEPS, MOST_NOTES, BITS
        self.sos, self.eos, self.pad, self.no_duration = SOS, EOS, PAD, NO_DURATION
        self.end_first, self.end_further = END_FIRST, END_FURTHER
        self.has_features = features is not None and tree.feature_embedding is not None
        self.audio_from = shape.z_chords if shape.chords else 0
        self.audio_to = self.audio_from + shape.z_audio
        self.time_state, self.side = tree.time_state, tree.side
        self.has_places = tree.places is not None
        self.tree_places = tree.places if tree.places is not None else nn.Identity()
        self.time_gru = _drop_inputs(tree.time_gru, 2 * shape.summary_hidden)
        self.note_state = tree.note_state
        width = shape.time_hidden
        self.note_told = _linear(tree.note_cell.weight_ih[:, :width], tree.note_cell.bias_ih)
        self.note_read = _linear(tree.note_cell.weight_ih[:, width:], torch.zeros_like(tree.note_cell.bias_ih))
        self.note_keep = _linear(tree.note_cell.weight_hh, tree.note_cell.bias_hh)
        self.pitch, self.duration = tree.pitch, tree.duration
        self.embedding = tree.embedding.linear
        self.length_bits = nn.Parameter(torch.tensor(LENGTH_BITS))
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
            self.feature_start = nn.Parameter(torch.zeros(3))
            self.feature_cell = Cell(*(torch.zeros(3, 1), torch.zeros(3, 1), torch.zeros(3), torch.zeros(3)))

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
        beside = self.side(z).unsqueeze(1).expand(rows, self.step_count, self.side.out_features)
        if self.has_places:
            beside = torch.cat([beside, self.tree_places(z)], -1)
        if self.has_features:
            features = self.imagine(z[:, self.audio_from : self.audio_to])
            beside = torch.cat([beside, self.feature_embedding(features)], -1)
        output = self.time_gru(beside, self.time_state(z).unsqueeze(0))[0].flatten(0, 1)
        cells = output.size(0)
        told, hidden = self.note_told(output), self.note_state(output)
        classes = torch.arange(self.pad).view(1, self.pad)
        pitches = torch.full((cells * self.most,), self.eos, dtype=torch.long)
        lengths = torch.zeros(cells * self.most)
        previous = torch.full((cells,), self.sos, dtype=torch.long)
        bits = torch.full((cells, self.bit_count), float(self.no_duration))
        # Cells that have not ended: the others cost nothing.
        going = torch.arange(cells)
        slot = 0
        while going.size(0) > 0 and slot < self.most:
            read = list(torch.chunk(told + self.note_read(self.embed(previous, bits)), 3, -1))
            kept = list(torch.chunk(self.note_keep(hidden), 3, -1))
            hidden = pass_gates(read, kept, hidden)
            logits = self.pitch(hidden).masked_fill(classes == self.sos, -1e9)
            low = (classes <= previous.unsqueeze(1)) & (classes < self.sos) & (previous < self.sos).unsqueeze(1)
            logits = logits.masked_fill(low, -1e9)
            limit = self.end_first if slot == 0 else self.end_further
            ends = torch.softmax(logits, -1)[:, self.eos : self.eos + 1] > limit
            previous = torch.where(classes == self.eos, torch.where(ends, 1e9, -2e9), logits).argmax(-1)
            answers = self.duration(hidden).view(-1, self.bit_count, 2)
            expected = (torch.softmax(answers, -1)[:, :, 1] * self.length_bits).sum(1, keepdim=True)
            bits = torch.floor(torch.floor(expected + 0.5) / self.length_bits) % 2
            alive = torch.nonzero(previous != self.eos).view(-1)
            going, previous, bits = going[alive], previous[alive], bits[alive]
            told, hidden = told[alive], hidden[alive]
            pitches = pitches.scatter(0, self.most * going + slot, previous)
            lengths = lengths.scatter(0, self.most * going + slot, (bits * self.length_bits).sum(1) + 1)
            slot = slot + 1
        shape = [rows, self.step_count, self.most]
        return pitches.view(shape).to(torch.int32), lengths.view(shape).to(torch.int32), features
