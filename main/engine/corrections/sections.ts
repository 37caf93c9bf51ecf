import type { Analysis, Section } from '../../contract/analysis.ts';
import type { CorrectionOf } from '../../contract/corrections.ts';
import { TICKS_PER_BEAT } from '../../contract/grid.ts';
import { endOf, listDownbeats } from './beat-grid.ts';
import { refuse } from './refuse.ts';

/** Renames a section, or all that have its name. */
export function nameSection(
  analysis: Analysis,
  { start, label, alike }: CorrectionOf<'section-name'>,
): Analysis {
  const named = sectionAt(analysis, start);
  const sections = analysis.sections.map((section): Section => {
    const isMeant = section === named || (alike && section.label === named.label);
    return isMeant ? { ...section, label, confidence: 1, byHand: true } : section;
  });
  return { ...analysis, sections };
}

/** Moves the border between a section and the one before it to the nearest bar line. */
export function moveSectionBorder(
  analysis: Analysis,
  { from, to }: CorrectionOf<'section-border'>,
): Analysis {
  const index = analysis.sections.indexOf(sectionAt(analysis, from));
  if (index === 0) throw refuse('The first section starts with the song.', 'Move the start of another one.');
  const before = analysis.sections[index - 1];
  const section = analysis.sections[index];
  const start = nearestBar(analysis, to);
  const end = section.start + section.duration;
  if (start <= before.start || start >= end) {
    throw refuse(
      'A section cannot be moved past the next one.',
      'Move it less far, or join the two sections.',
    );
  }
  const sections = analysis.sections.map((each, i): Section => {
    if (i === index) return { ...each, start, duration: end - start, confidence: 1, byHand: true };
    if (i !== index - 1) return each;
    return { ...each, duration: start - each.start, byHand: true };
  });
  return { ...analysis, sections };
}

/** Begins a section at a bar; it gets the next letter that is free. */
export function splitSection(analysis: Analysis, { at }: CorrectionOf<'section-split'>): Analysis {
  const start = nearestBar(analysis, at);
  const whole = analysis.sections.find(
    (section) => section.start < start && section.start + section.duration > start,
  );
  if (!whole) throw refuse('A section starts there already.', 'Choose another bar.');
  const end = whole.start + whole.duration;
  const label = freeLabel(analysis.sections);
  const sections = analysis.sections.flatMap((each): Section[] =>
    each === whole
      ? [
          { ...each, duration: start - each.start, byHand: true },
          { start, duration: end - start, label, confidence: 1, byHand: true },
        ]
      : [each],
  );
  return { ...analysis, sections };
}

/** Joins a section to the one before it, whose name both get. */
export function joinSection(analysis: Analysis, { start }: CorrectionOf<'section-join'>): Analysis {
  const section = sectionAt(analysis, start);
  const index = analysis.sections.indexOf(section);
  if (index === 0) throw refuse('There is no section before the first.', 'Join the second one to it.');
  const sections = analysis.sections.flatMap((each, i): Section[] => {
    if (i === index) return [];
    if (i !== index - 1) return [each];
    return [{ ...each, duration: each.duration + section.duration, confidence: 1, byHand: true }];
  });
  return { ...analysis, sections };
}

/** The tick of the bar line that is nearest to a place. */
export function nearestBar(analysis: Pick<Analysis, 'beats'>, tick: number): number {
  return listDownbeats(analysis.beats)
    .map((beat) => beat * TICKS_PER_BEAT)
    .reduce((best, line) => (Math.abs(line - tick) < Math.abs(best - tick) ? line : best), 0);
}

function sectionAt(analysis: Analysis, start: number): Section {
  const section = analysis.sections.find((each) => each.start === start);
  if (section && start < endOf(analysis)) return section;
  throw refuse('No section starts there.', 'Choose the beginning of a section.');
}

function freeLabel(sections: readonly Section[]): string {
  const used = new Set(sections.map(({ label }) => label));
  for (let i = 0; ; i++) {
    const letter = String.fromCharCode(65 + (i % 26));
    const label = i < 26 ? letter : `${letter}${Math.floor(i / 26) + 1}`;
    if (!used.has(label)) return label;
  }
}
