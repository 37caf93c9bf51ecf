import type { Page } from '@playwright/test';

/** How far the score's cursor is from what the loudspeaker plays, at one picture of the window. */
export interface Drift {
  /** Seconds of the recording that the cursor shows. */
  cursor: number;
  /** Seconds by which the cursor is ahead of the sound; null where the sound is silent or is not the recording. */
  ahead: number | null;
  /** Seconds from what was tapped to what leaves the loudspeaker at the same moment. */
  delay: number;
  /** Likeness of what was tapped to the recording there, 0..1. */
  likeness: number;
}

/** Taps what goes to the loudspeaker. Before anything is played. */
export async function tapAudio(page: Page): Promise<void> {
  await page.evaluate(() => {
    const connect = AudioNode.prototype.connect;
    // biome-ignore lint/suspicious/noExplicitAny: both of its signatures
    AudioNode.prototype.connect = function (this: AudioNode, ...args: any[]) {
      if (args[0] instanceof AudioDestinationNode) {
        const analyser = new AnalyserNode(this.context, { fftSize: 4096 });
        (connect as (to: AudioNode) => AudioNode).call(this, analyser);
        Object.assign(window, { tapped: { analyser, context: this.context } });
      }
      // biome-ignore lint/suspicious/noExplicitAny: as above
      return (connect as any).apply(this, args);
    } as typeof connect;
  });
}

/**
 * Finds what is heard in the recording itself, sample by sample, and compares with the cursor, for some pictures in a row.
 * @param record address of the recording as WAV of 16-bit stereo at 44.1 kHz
 */
export async function measureDrift(page: Page, record: string, pictures: number): Promise<Drift[]> {
  return await page.evaluate(
    async ({ record, pictures }) => {
      const { analyser, context } = (
        window as unknown as { tapped: { analyser: AnalyserNode; context: AudioContext } }
      ).tapped;
      const rate = 44_100;
      const reach = 0.25;
      const window_ = 2048;
      const cursor = document.querySelector<HTMLElement>('.score-cursor')!;
      const nextPicture = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const seen: { cursor: number; time: number; heardTime: number; samples: Float32Array }[] = [];
      for (let i = 0; i < pictures; i++) {
        await nextPicture();
        const samples = new Float32Array(analyser.fftSize);
        // The clock may go on between the two readings: then they are not of one moment.
        let time = context.currentTime;
        do {
          time = context.currentTime;
          analyser.getFloatTimeDomainData(samples);
        } while (time !== context.currentTime);
        const stamp = context.getOutputTimestamp();
        const heardTime = stamp.contextTime! + (performance.now() - stamp.performanceTime!) / 1000;
        seen.push({ cursor: Number(cursor.dataset.seconds), time, heardTime, samples });
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      const drifts: Drift[] = [];
      for (const { cursor, time, heardTime, samples } of seen) {
        // What is tapped is on its way to the loudspeaker, for a quarter of a second where no device takes it.
        const delay = time - heardTime;
        const from = Math.max(0, Math.round((cursor + delay - reach) * rate) - window_);
        const frames = Math.round(2 * reach * rate) + window_;
        const range = `bytes=${44 + 4 * from}-${44 + 4 * (from + frames) - 1}`;
        const bytes = await (await fetch(record, { headers: { Range: range } })).arrayBuffer();
        const pcm = new Int16Array(bytes);
        const last = samples.subarray(samples.length - window_);
        let best = -1;
        let most = 0;
        let power = 0;
        for (const x of last) power += x * x;
        for (let shift = 0; shift + window_ <= pcm.length / 2; shift++) {
          let product = 0;
          let energy = 1e-9;
          for (let i = 0; i < window_; i += 4) {
            // An analyser hears both channels as one.
            const value = (pcm[2 * (shift + i)]! + pcm[2 * (shift + i) + 1]!) / 65_536;
            product += value * last[i]!;
            energy += value * value;
          }
          const likeness = product / Math.sqrt(energy * (power / 4 + 1e-9));
          if (likeness > most) {
            most = likeness;
            best = shift;
          }
        }
        // Where the recording is at the last sample of what was tapped, less what is still on its way.
        const sounding = (from + best + window_) / rate - delay;
        drifts.push({ cursor, ahead: most > 0.95 ? cursor - sounding : null, delay, likeness: most });
      }
      return drifts;
    },
    { record, pictures },
  );
}
