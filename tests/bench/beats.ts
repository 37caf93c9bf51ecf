/**
 * Beats and downbeats of real rock songs against their tempo charts. Prints a Markdown table.
 * F-measure at 70 ms, as is and after the best of {×1, ×2, ÷2}.
 */
import { Engine } from '../../main/engine/engine.ts';
import { beatF, bestOctaveF } from './support/beat-metrics.ts';
import { readChartBeats } from './support/chart.ts';
import { mixSectoid } from './support/real-songs.ts';

const engine = new Engine({ device: 'cpu' });
console.log('| song | chart | found | beat F | best octave | downbeat F |\n|---|---|---|---|---|---|');
const sums = [0, 0, 0];
const songs = await mixSectoid();
for (const song of songs) {
  const heard = await engine.hear(song.audio);
  const analysis = await engine.analyse(heard);
  const all = readChartBeats(song.chart as string, heard.song.duration);
  const times = analysis.beats.map((beat) => beat.time);
  // The chart ticks on through silence before and after the music.
  const inside = (time: number) => time > times[0] - 0.3 && time < times[times.length - 1] + 0.3;
  const chart = all.filter(inside);
  const bars = all.filter((_, i) => i % 4 === 0).filter(inside);
  const downbeats = analysis.beats.filter((beat) => beat.position === 1).map((beat) => beat.time);
  const scores = [beatF(chart, times), bestOctaveF(chart, times), beatF(bars, downbeats)];
  scores.forEach((score, i) => {
    sums[i] += score / songs.length;
  });
  const bpm = (60 * (chart.length - 1)) / (chart[chart.length - 1] - chart[0]);
  console.log(
    `| ${song.name} | ${bpm.toFixed(1)} | ${analysis.tempo.bpm.toFixed(1)} | ${scores.map((s) => s.toFixed(3)).join(' | ')} |`,
  );
}
console.log(`| mean of ${songs.length} | | | ${sums.map((s) => s.toFixed(3)).join(' | ')} |`);
await engine.close();
