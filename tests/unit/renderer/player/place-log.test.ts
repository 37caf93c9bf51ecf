import { expect, it } from 'vitest';
import { PlaceLog } from '../../../../renderer/features/player/place-log.ts';

it('tells what is heard now from reports that are ahead of it', () => {
  const log = new PlaceLog();
  expect(log.at(3)).toBe(0);
  log.add({ contextTime: 10, position: 50, speed: 1 });
  log.add({ contextTime: 10.5, position: 50.5, speed: 0.5 });
  // A loop goes back while its end is still on the way to the loudspeaker.
  log.add({ contextTime: 11, position: 20, speed: 0.5 });
  log.add({ contextTime: 12, position: 20.5, speed: 0 });
  expect(log.at(10.25)).toBeCloseTo(50.25);
  expect(log.at(10.7)).toBeCloseTo(50.6);
  expect(log.at(11.2)).toBeCloseTo(20.1);
  expect(log.at(99)).toBeCloseTo(20.5);
  expect(log.at(9)).toBeCloseTo(50);
});

it('stands still where the audio thread does, as in a loop that it has not gone round yet', () => {
  const log = new PlaceLog();
  log.add({ contextTime: 10, position: 50, speed: 1 });
  expect(log.at(10.2)).toBeCloseTo(50.2);
  expect(log.at(14)).toBeCloseTo(50.3);
});
