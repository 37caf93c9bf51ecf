"""How likely a key signature is in each bar: a recurrent network over bars, the same for every signature."""

import torch
from torch import Tensor, nn

BAR_VIEWS, SONG_VIEWS = 144, 216
"""Twelve values for each view in `main/engine/score/import/key-features.ts`."""


class SignatureNetwork(nn.Module):
    """Sees a song as degrees above the major tonic of one signature and answers for that one."""

    def __init__(self, standing: int, units: int, dropout: float) -> None:
        super().__init__()
        self.bar = nn.Linear(BAR_VIEWS, standing)
        self.song = nn.Linear(SONG_VIEWS, standing)
        self.gru = nn.GRU(2 * standing, units, batch_first=True, bidirectional=True)
        self.drop = nn.Dropout(dropout)
        self.answer = nn.Linear(2 * units, 1)
        self.bar_answer = nn.Linear(BAR_VIEWS, 1, bias=False)
        self.song_answer = nn.Linear(SONG_VIEWS, 1, bias=False)

    def forward(self, bars: Tensor, whole: Tensor) -> Tensor:
        """From [songs, 12, bars, views] and [songs, 12, views] to log-probabilities [songs, bars, 12]."""
        songs, signatures, count, _ = bars.shape
        of_bar = torch.relu(self.bar(self.drop(bars)))
        of_song = torch.relu(self.song(self.drop(whole)))[:, :, None].expand(-1, -1, count, -1)
        read = torch.cat([of_bar, of_song], -1).reshape(songs * signatures, count, -1)
        states = self.gru(self.drop(read))[0].reshape(songs, signatures, count, -1)
        answers = self.answer(self.drop(states)) + self.bar_answer(bars) + self.song_answer(whole)[:, :, None]
        return answers[..., 0].transpose(1, 2).log_softmax(-1)
