/** Keys that views read themselves, for the cheat sheet. `keys.WHAT` says what each does. */
export const keyGroups = [
  {
    id: 'player',
    keys: [
      { what: 'play', chords: ['Space'] },
      { what: 'barBack', chords: ['←'] },
      { what: 'barOn', chords: ['→'] },
      { what: 'toStart', chords: ['Home'] },
      { what: 'metronome', chords: ['M'] },
      { what: 'loop', chords: ['L'] },
    ],
  },
  {
    id: 'score',
    keys: [
      { what: 'largerScore', chords: ['+'] },
      { what: 'smallerScore', chords: ['-'] },
      { what: 'plainScore', chords: ['0'] },
      { what: 'stand', chords: ['F'] },
      { what: 'pageOn', chords: ['PageDown'] },
      { what: 'pageBack', chords: ['PageUp'] },
    ],
  },
  {
    id: 'takes',
    keys: [
      { what: 'hearTake', chords: ['H'] },
      { what: 'starTake', chords: ['S'] },
      { what: 'renameTake', chords: ['F2'] },
      { what: 'removeTake', chords: ['Delete'] },
    ],
  },
  {
    id: 'compare',
    keys: [
      { what: 'switchTake', chords: ['1', '2', '3', '4'] },
      { what: 'switchComp', chords: ['0'] },
      { what: 'markBars', chords: ['Shift+←', 'Shift+→'] },
      { what: 'chooseBars', chords: ['Enter'] },
    ],
  },
  {
    id: 'repair',
    keys: [
      { what: 'walkNotes', chords: ['←', '→'] },
      { what: 'pitchNote', chords: ['↑', '↓'] },
      { what: 'shiftNote', chords: ['Alt+←', 'Alt+→'] },
      { what: 'holdNote', chords: ['Shift+←', 'Shift+→'] },
      { what: 'removeNote', chords: ['Delete'] },
    ],
  },
  {
    id: 'timeline',
    keys: [
      { what: 'walk', chords: ['←', '→'] },
      { what: 'lanes', chords: ['↑', '↓'] },
      { what: 'move', chords: ['Alt+←', 'Alt+→'] },
      { what: 'edit', chords: ['Enter'] },
      { what: 'remove', chords: ['Delete'] },
      { what: 'zoomIn', chords: ['+'] },
      { what: 'zoomOut', chords: ['-'] },
      { what: 'tap', chords: ['T'] },
      { what: 'undo', chords: ['mod+Z'] },
      { what: 'redo', chords: ['mod+Shift+Z', 'mod+Y'] },
    ],
  },
  {
    id: 'songs',
    keys: [
      { what: 'choose', chords: ['↑', '↓'] },
      { what: 'chooseMore', chords: ['Shift+↑', 'Shift+↓'] },
      { what: 'chooseAll', chords: ['mod+A'] },
      { what: 'chooseOne', chords: ['Space'] },
      { what: 'chooseNone', chords: ['Esc'] },
    ],
  },
  {
    id: 'queue',
    keys: [
      { what: 'earlier', chords: ['Alt+↑'] },
      { what: 'later', chords: ['Alt+↓'] },
      { what: 'cancelJob', chords: ['Delete'] },
    ],
  },
] as const;
