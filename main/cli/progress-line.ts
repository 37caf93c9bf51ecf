import type { Progress, Stage } from '../contract/jobs.ts';

const labels: Record<Stage, string> = {
  read: 'reading the file',
  listen: 'listening',
  beats: 'finding beats',
  chords: 'finding chords and key',
  melody: 'finding the melody',
  arrange: 'arranging',
  engrave: 'engraving',
  write: 'writing',
};
const BAR = 24;

export interface ProgressLine {
  show(progress: Progress): void;
  /** Ends the line. */
  done(text: string): void;
}

/** Shows the work on one song on stderr: a bar that is drawn over on a terminal, one line a stage elsewhere. */
export function makeProgressLine(name: string, stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  let lastStage: Stage | null = null;
  let lastPercent = -1;
  const clear = () => {
    if (stream.isTTY) stream.write('\r\u001b[2K');
  };
  return {
    show(progress) {
      const percent = Math.floor(progress.fraction * 100);
      if (stream.isTTY) {
        if (percent === lastPercent && progress.stage === lastStage) return;
        const filled = Math.round(progress.fraction * BAR);
        const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
        const text = `${bar} ${String(percent).padStart(3)} %  ${name}: ${labels[progress.stage]}`;
        clear();
        stream.write(text.slice(0, Math.max(20, (stream.columns ?? 80) - 1)));
      } else if (progress.stage !== lastStage) {
        stream.write(`${name}: ${labels[progress.stage]} (${percent} %)\n`);
      }
      lastStage = progress.stage;
      lastPercent = percent;
    },
    done(text) {
      clear();
      stream.write(`${name}: ${text}\n`);
    },
  };
}
