/** One XML element, ready to be written. */
export interface Element {
  name: string;
  /** As in the start tag, each with a space before it. */
  attributes: string;
  /** Text, escaped, or elements. */
  content: string | readonly Element[];
}

/**
 * An element with text or children; nulls among the children are left out. All text is escaped; what XML 1.0 forbids in a
 * document, such as control characters and lone surrogates, is taken out.
 */
export function el(
  name: string,
  content: string | number | readonly (Element | null)[] = [],
  attributes?: Readonly<Record<string, string | number>>,
): Element {
  let written = '';
  if (attributes) {
    for (const each of Object.keys(attributes)) written += ` ${each}="${escapeText(attributes[each]!)}"`;
  }
  return {
    name,
    attributes: written,
    content: typeof content === 'object' ? withoutNulls(content) : escapeText(content),
  };
}

function withoutNulls(children: readonly (Element | null)[]): readonly Element[] {
  const isElement = (child: Element | null) => child !== null;
  return children.includes(null) ? children.filter(isElement) : (children as readonly Element[]);
}

/** Char of XML 1.0 (fifth edition), section 2.2. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

export function cleanText(text: string): string {
  return text.replace(forbidden, '');
}

const PLAIN = /^[\w ./+:-]*$/;
const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeText(text: string | number): string {
  if (typeof text === 'number') return String(text);
  return PLAIN.test(text) ? text : cleanText(text).replace(/[&<>"']/g, (sign) => entities[sign]!);
}

/** The whole document as text, with its declaration; an element to a line. */
export function buildDocument(root: Element): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  addLines(root, 0, lines);
  return `${lines.join('\n')}\n`;
}

const indents = Array.from({ length: 8 }, (_, depth) => ' '.repeat(depth));

function addLines({ name, attributes, content }: Element, depth: number, lines: string[]): void {
  const indent = indents[depth] ?? ' '.repeat(depth);
  if (content.length === 0) lines.push(`${indent}<${name}${attributes}/>`);
  else if (typeof content === 'string') lines.push(`${indent}<${name}${attributes}>${content}</${name}>`);
  else {
    lines.push(`${indent}<${name}${attributes}>`);
    for (const child of content) addLines(child, depth + 1, lines);
    lines.push(`${indent}</${name}>`);
  }
}
