"""The network of key signatures: what it sees, what it says, and what is chosen of that."""

import numpy as np
import torch

from songleaf_models.signatures.choose import choose_signatures, keep_lasting
from songleaf_models.signatures.network import BAR_VIEWS, SONG_VIEWS, SignatureNetwork
from songleaf_models.signatures.songs import SignedSong, turn_views
from songleaf_models.signatures.train import hear_song


def draw_song(bars: int) -> SignedSong:
    random = np.random.default_rng(3)
    whole = random.random(SONG_VIEWS).astype(np.float32)
    return SignedSong(random.random((bars, BAR_VIEWS)).astype(np.float32), whole, np.zeros(bars, np.int64))


def transpose(views: np.ndarray, semitones: int) -> np.ndarray:
    classes = views.reshape(*views.shape[:-1], -1, 12)
    return np.roll(classes, semitones, axis=-1).reshape(views.shape)


def test_turned_views_begin_with_the_tonic() -> None:
    views = np.arange(24, dtype=np.float32)
    turned = turn_views(views)
    assert turned.shape == (12, 24)
    assert turned[7, 0] == 7
    assert turned[7, 12] == 19
    assert turned[7, 11] == 6


def test_the_network_moves_with_the_music() -> None:
    torch.manual_seed(1)
    network = SignatureNetwork(4, 4, 0.2).eval()
    song = draw_song(5)
    moved = SignedSong(transpose(song.bars, 5), transpose(song.whole, 5), song.tonics)
    chances = hear_song(network, song)
    torch.testing.assert_close(hear_song(network, moved), chances.roll(5, dims=1))
    torch.testing.assert_close(chances.exp().sum(1), torch.ones(5))


def test_a_change_has_to_gain_more_than_it_costs() -> None:
    chances = np.full((8, 12), -3, np.float32)
    chances[:4, 0] = chances[4:, 7] = 0
    assert choose_signatures(chances, 8).tolist() == [0] * 4 + [7] * 4
    assert len(set(choose_signatures(chances, 20).tolist())) == 1


def test_short_stays_are_not_kept() -> None:
    chosen = np.array([2] * 3 + [0] * 9 + [7] * 4 + [5] * 8)
    assert keep_lasting(chosen).tolist() == [0] * 16 + [5] * 8
    assert keep_lasting(np.array([3, 3, 4])).tolist() == [3, 3, 3]
