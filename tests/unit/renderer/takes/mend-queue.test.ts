import { beforeEach, describe, expect, test } from 'vitest';
import type { Take } from '../../../../main/contract/library.ts';
import type { NoteName, ShownNote, TakeMusic } from '../../../../main/contract/takes.ts';
import { describeTake } from '../../../../main/engine/takes/describe-take.ts';
import { nameOf } from '../../../../renderer/features/repair/match-notes.ts';
import { MendQueue, type MendTools } from '../../../../renderer/features/repair/mend-queue.ts';
import { chosenNote, useRepair } from '../../../../renderer/features/repair/repair-state.ts';
import type { Gesture } from '../../../../renderer/features/repair/repairs.ts';
import { makeArrangement, note } from '../../score/arrangements.ts';

const [low, high] = [note(0, 48, 60), note(96, 48, 72)];
const take = { id: 'take' } as Take;
let music: TakeMusic;
let queue: MendQueue;
let tools: MendTools;

/** A desk that moves, holds and deletes as the engine does. */
beforeEach(() => {
  music = {
    ...describeTake(makeArrangement({ notes: [low, high], lead: [] }), true),
    undo: null,
    redo: null,
  };
  queue = new MendQueue();
  tools = {
    desk: {
      readMusic: () => Promise.resolve(music),
      async edit(_, edit) {
        await Promise.resolve();
        const change = (each: ShownNote): ShownNote[] => {
          if (!('note' in edit) || each.start !== edit.note.start || each.pitch !== edit.note.pitch)
            return [each];
          if (edit.kind === 'delete') return [];
          return [edit.kind === 'move' ? { ...each, start: edit.start, pitch: edit.pitch } : each];
        };
        music = { ...music, notes: music.notes.flatMap(change) };
      },
    },
    takeNow: () => take,
    renamed: useRepair.getState().rename,
  };
  useRepair.setState({ selected: null });
});

const { select } = useRepair.getState();
const chosen = () => chosenNote(useRepair.getState(), take.id);
const mend = (name: NoteName, gesture: Gesture) => queue.mend(tools, take.id, name, gesture);
const pitches = () => music.notes.map(({ pitch }) => pitch);
const names = () => music.notes.map(nameOf) as [NoteName, NoteName];

describe('gestures that wait', () => {
  test('mend the note they were asked for, whichever is chosen by then', async () => {
    const [first, second] = names();
    select(take.id, first);
    const done = [mend(first, 'higher'), mend(first, 'higher')];
    select(take.id, second);
    done.push(mend(second, 'lower'));
    await Promise.all(done);
    expect(pitches()).toEqual([62, 71]);
    expect(chosen()).toEqual(names()[1]);
  });

  test('take the choice along while it is the same note', async () => {
    const [first] = names();
    select(take.id, first);
    await mend(first, 'higher');
    expect(chosen()).toMatchObject({ pitch: 61 });
  });

  test('do nothing to a note that is gone', async () => {
    const [first] = names();
    select(take.id, first);
    await Promise.all([mend(first, 'delete'), mend(first, 'higher')]);
    expect(pitches()).toEqual([72]);
    expect(chosen()).toBeNull();
  });
});

test('a note that is chosen in a take is not chosen in another', () => {
  select(take.id, names()[0]);
  expect(chosenNote(useRepair.getState(), 'other')).toBeNull();
});
