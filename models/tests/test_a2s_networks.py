"""The published arranger's networks: sizes as published, packed decoding equal to decoding note by note."""

import numpy as np
import torch
from torch import nn

from songleaf_models.a2s.config import read_config
from songleaf_models.a2s.networks.arranger import Arranger
from songleaf_models.a2s.networks.shape import Shape
from songleaf_models.a2s.networks.texture import keep_some, miss_some, move_keys
from songleaf_models.a2s.networks.tree import TreeDecoder
from songleaf_models.a2s.piano_tree import decode_tree, encode_tree
from songleaf_models.a2s.schedule import Range, Stage, draw_forcing
from tests.test_a2s_data import draw_rolls

LEFTOVERS = 11_397
"""Parameters that the published decoder allocates and does not use."""


def count(module: nn.Module | None) -> int:
    assert module is not None
    return sum(parameter.numel() for parameter in module.parameters())


def test_sizes_are_the_published_ones() -> None:
    network = Arranger(read_config("paper").shape)
    assert count(network.chord_encoder) == 582_912
    assert count(network.chord_decoder) == 1_361_748
    assert count(network.transcriber) == 26_491_256
    assert count(network.audio_texture) == 11_885_780
    assert count(network.score_texture) == 9_211_170
    assert count(network.feature_decoder) == 3_779_718
    assert count(network.tree.feature_embedding) == 256
    assert count(network.tree) - 256 == 8_960_785 - LEFTOVERS
    assert count(network) == 62_273_625 - LEFTOVERS


def test_sizes_of_the_baselines_are_the_published_ones() -> None:
    assert count(Arranger(Shape(chords=False, z_audio=320))) == 61_000_965 - LEFTOVERS
    supervised = Shape(chords=False, score=False, features=False, z_audio=512)
    assert count(Arranger(supervised)) == 48_452_573 - LEFTOVERS


def make_decoder() -> tuple[TreeDecoder, torch.Tensor, torch.Tensor, torch.Tensor]:
    torch.manual_seed(2)
    shape = Shape(time_hidden=24, note_hidden=20, note_embedding=12, summary_hidden=10, tree_side=8, z_audio=16)
    rng = np.random.default_rng(2)
    tree = torch.from_numpy(encode_tree(draw_rolls(rng, 3), draw_rolls(rng, 3)).astype(np.int64))
    return TreeDecoder(shape), torch.randn(3, shape.z), torch.rand(3, 32, 3), tree


def list_logits(decoder: TreeDecoder, z: torch.Tensor, features: torch.Tensor, tree: torch.Tensor) -> torch.Tensor:
    """Pitch logits of every slot, everything forced, note by note as the definition has it: [M, 130]."""
    logits = []
    for row in range(len(z)):
        state = decoder.time_state(z[row : row + 1])
        summary = decoder.first_summary[None]
        for step in range(32):
            slots = tree[row, step]
            notes = int((slots[:, 0] < 128).sum())
            extra = decoder.feature_embedding(features[row : row + 1, step])  # type: ignore[misc]
            inputs = torch.cat([summary, decoder.side(z[row : row + 1]), extra], -1)
            output, hidden = decoder.time_gru(inputs[:, None], state[None])
            state, output = hidden[0], output[:, 0]
            note = decoder.note_state(output)
            for slot in range(notes + 1):
                token = decoder.embedding(slots[slot : slot + 1])
                note = decoder.note_cell(torch.cat([output, token], -1), note)
                logits.append(decoder.pitch(note))
            embedded = decoder.embedding(slots[None, : notes + 1])
            summary = torch.cat(list(decoder.summary.gru(embedded)[1]), -1)
    return torch.cat(logits)


def test_packed_learning_is_learning_note_by_note() -> None:
    decoder, z, features, tree = make_decoder()
    with torch.no_grad():
        wanted = list_logits(decoder, z, features, tree)
        found = decoder(z, features, tree, [True] * 32, [[True] * 16] * 32)
    order = torch.argsort(wanted[:, 0])
    torch.testing.assert_close(found.pitch[torch.argsort(found.pitch[:, 0])], wanted[order], atol=1e-5, rtol=1e-5)


def test_unforced_learning_follows_its_own_answers() -> None:
    decoder, z, features, _ = make_decoder()
    # Weights so great that what it writes depends on what it wrote.
    for weight in (decoder.pitch.weight, decoder.note_cell.weight_ih, decoder.note_cell.weight_hh,
                   decoder.time_gru.weight_ih_l0, decoder.note_state.weight):  # fmt: skip
        weight.data *= 4
    decoder.pitch.bias.data[128] -= 99
    decoder.pitch.bias.data[129] += 6
    with torch.no_grad():
        written = decoder.write(z, features)
        counts = (written[..., 0] < 128).sum(-1)
        full = int((counts == 14).sum())
        assert len(counts.unique()) > 2
        assert full < counts.numel() / 2
        half = [step % 3 == 0 for step in range(32)]
        for steps, notes in (([False] * 32, [[False] * 16] * 32), (half, [[False, True] * 8] * 32)):
            free = decoder(z, features, written, steps, notes)
            # What it writes is what it answers to itself, but for the end of a step that is full.
            assert int((free.pitch.argmax(-1) != free.target[:, 0]).sum()) <= full


def test_rows_do_not_see_each_other() -> None:
    decoder, z, features, tree = make_decoder()
    half = [step % 3 == 0 for step in range(32)]
    notes = [[True, False] * 8] * 32
    with torch.no_grad():
        together = decoder(z, features, tree, half, notes)
        alone = [decoder(z[i : i + 1], features[i : i + 1], tree[i : i + 1], half, notes).pitch for i in range(3)]
    wanted = torch.cat(alone)
    found = together.pitch[torch.argsort(together.pitch[:, 0])]
    torch.testing.assert_close(found, wanted[torch.argsort(wanted[:, 0])], atol=1e-5, rtol=1e-5)


def test_ascending_writing_rises() -> None:
    decoder, z, features, _ = make_decoder()
    written = decoder.write_ascending(z, features).numpy()
    pitches = np.where(written[..., 0] < 128, written[..., 0], -1)
    for row in pitches.reshape(-1, pitches.shape[-1]):
        notes = row[row >= 0]
        assert (np.diff(notes) > 0).all()
    assert decode_tree(written).any()


def test_corruption_keeps_the_shares_of_its_bands() -> None:
    torch.manual_seed(0)
    kept = keep_some(torch.ones(200, 32, 128), (0.1, 0.6, 0.3, 0.7))
    shares = [float(kept[..., low:high].mean()) for low, high in ((0, 40), (40, 50), (50, 60), (60, 128))]
    np.testing.assert_allclose(shares, [0.1, 0.6, 0.3, 0.7], atol=0.01)


def test_a_step_that_does_not_see_the_one_before_is_the_same_whatever_that_holds() -> None:
    decoder, z, features, tree = make_decoder()
    other = tree.clone()
    # The first row's notes of step 0, all moved.
    notes = other[0, 0, :, 0] < 128
    assert notes.any()
    other[0, 0, notes, 0] -= 1
    forced = [True] * 32, [[True] * 16] * 32
    with torch.no_grad():
        for hide, hide_all, same in ((0.0, 0.0, False), (1.0, 0.0, True), (0.0, 1.0, True)):
            one, two = (decoder(z, features, each, *forced, hide, hide_all).pitch for each in (tree, other))
            # Rows come sorted by their number of notes, which is the same in both.
            changed = (one != two).any(-1).sum()
            assert (int(changed) <= int(notes.sum())) == same


def test_keys_move_and_what_leaves_is_lost() -> None:
    roll = torch.zeros(1, 2, 128)
    roll[0, 0, 5], roll[0, 1, 124] = 3, 4
    assert move_keys(roll, 5).nonzero().tolist() == [[0, 0, 10]]
    assert move_keys(roll, -6).nonzero().tolist() == [[0, 1, 118]]
    assert torch.equal(move_keys(roll, 0), roll)


def test_missed_keys_are_missed_for_a_beat() -> None:
    torch.manual_seed(0)
    heard = miss_some(torch.ones(20, 3, 153, 88), 0.25)
    assert abs(float(heard.mean()) - 0.75) < 0.01
    beats = heard[:, :, :152].unflatten(2, (8, 19))
    assert bool((beats == beats[:, :1, :, :1]).all())
    assert miss_some(heard, 0) is heard


def test_schedules_go_where_they_were_published_to_go() -> None:
    stage = Stage("2", "2", 1, beta=(0.01, 0.01), beta_score=(0.01, 0.5))
    for step, beta in ((0, 0.013), (5000, 0.033), (10_000, 0.14), (12_500, 0.255), (15_000, 0.37), (20_000, 0.48)):
        assert abs(stage.betas_at(step)[1] - beta) < 0.005
        assert stage.betas_at(step)[0] == 0.01
    assert abs(Range(0.8, 0.3).at(5.0) - 0.3) < 1e-3
    assert stage.rate_at(46_040) > 0.01 * stage.rate == stage.rate_at(46_050)


def test_features_may_be_free_where_steps_are_forced() -> None:
    stage = Stage("use", "3", 1, force_steps=(1.0, 1.0), force_features=(0.0, 0.0))
    forcing = draw_forcing(stage, 10, np.random.default_rng(0))
    assert all(forcing.steps)
    assert not any(forcing.features)
