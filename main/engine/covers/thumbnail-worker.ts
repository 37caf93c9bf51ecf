/**
 * Entry of the thread that makes small pictures of covers. Decoders run as WebAssembly: what a hostile picture can do is
 * end this thread, and whatever memory it took goes with it.
 */
import { parentPort } from 'node:worker_threads';
import { crop, PhotonImage, resize, SamplingFilter } from '@silvia-odwyer/photon-node';
import { THUMBNAIL_SIZE } from './thumbnail-size.ts';

/** Percent; the picture is shown at half its size. */
const QUALITY = 82;

function makeThumbnail(bytes: Uint8Array): Uint8Array {
  const whole = PhotonImage.new_from_byteslice(bytes);
  const width = whole.get_width();
  const height = whole.get_height();
  // The middle, where a picture is not square.
  const side = Math.min(width, height);
  const left = (width - side) >> 1;
  const top = (height - side) >> 1;
  const square = side === width && side === height ? whole : crop(whole, left, top, left + side, top + side);
  const small = resize(square, THUMBNAIL_SIZE, THUMBNAIL_SIZE, SamplingFilter.Triangle);
  return small.get_bytes_jpeg(QUALITY);
}

parentPort?.on('message', (bytes: Uint8Array) => parentPort?.postMessage(makeThumbnail(bytes)));
