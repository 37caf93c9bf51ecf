import { beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../../../main/contract/analysis.ts';
import { TICKS_PER_BEAT } from '../../../main/contract/grid.ts';
import { pitchClassName } from '../../../main/contract/pitch-names.ts';
import { decodeToStereo } from '../../../main/engine/audio/decode-to-stereo.ts';
import { Engine } from '../../../main/engine/engine.ts';
import { findExample } from '../../../main/engine/example.ts';
import { chordChart, melody, piece } from '../../../tools/example/piece.ts';
import { renderPiece } from '../../../tools/example/render.ts';

describe('the piece that comes with Songleaf', () => {
  it('is what its score sounds like', async () => {
    const [left] = await renderPiece();
    let [own, both, file, at] = [0, 0, 0, 0];
    for await (const [block] of decodeToStereo(findExample(), { sampleRate: 44_100 })) {
      for (let i = 0; i < block.length && at < left.length; i++, at++) {
        own += left[at]! ** 2;
        file += block[i]! ** 2;
        both += left[at]! * block[i]!;
      }
    }
    expect(at).toBeGreaterThan(left.length - 2048);
    // Vorbis changes some of what nobody hears.
    expect(both / Math.sqrt(own * file)).toBeGreaterThan(0.98);
  });

  describe('is heard', () => {
    let analysis: Analysis;
    beforeAll(async () => {
      const engine = new Engine({ device: 'cpu' });
      analysis = await engine.analyse(await engine.hear(findExample(), { separate: 'auto' }));
      await engine.close();
    });

    it('with every beat where it is', () => {
      const beats = analysis.beats.filter((_, i) => i < piece.bars * piece.beatsPerBar);
      expect(beats.length).toBe(piece.bars * piece.beatsPerBar);
      for (const [i, { time, position }] of beats.entries()) {
        expect(Math.abs(time - (0.2 + (i * 60) / piece.bpm))).toBeLessThan(0.05);
        expect(position).toBe((i % piece.beatsPerBar) + 1);
      }
    });

    it('in its key, with its chords and their basses', () => {
      expect(analysis.keys).toHaveLength(1);
      expect(analysis.keys[0]).toMatchObject({ tonic: 7, mode: 'major' });
      const key = { tonic: 7, mode: 'major' } as const;
      const heard = analysis.chords
        .filter(({ root }) => root !== null)
        .map(({ start, root, quality, bass }) => {
          const name =
            pitchClassName(root!, key) + (quality === 'min' ? 'm' : quality === 'maj' ? '' : `:${quality}`);
          return `${start / TICKS_PER_BEAT} ${name}${bass === root ? '' : `/${pitchClassName(bass!, key)}`}`;
        });
      const written = chordChart.split(' | ').flatMap((bar, i) => {
        const names = bar.split(' ');
        return names.map((name, j) => `${piece.beatsPerBar * (i + j / names.length)} ${name}`);
      });
      expect(heard).toEqual(written);
    });

    it('with most of its tune', () => {
      const heard = new Set(analysis.melody.map(({ start, pitch }) => `${start / TICKS_PER_BEAT} ${pitch}`));
      const found = melody.filter(({ start, pitch }) => heard.has(`${start} ${pitch}`));
      expect(found.length / melody.length).toBeGreaterThan(0.8);
    });
  });
});
