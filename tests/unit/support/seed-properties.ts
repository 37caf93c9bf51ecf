import fc from 'fast-check';

/**
 * Properties are tried on the same cases everywhere, so that a test fails because of a change and not because of the
 * day. `SONGLEAF_SEED=random` (or a number) tries others.
 */
const wanted = process.env.SONGLEAF_SEED ?? '1';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });
