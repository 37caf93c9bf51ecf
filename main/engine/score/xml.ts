import { XMLBuilder } from 'fast-xml-parser';

/** One XML element, in the shape of fast-xml-parser's ordered trees. */
export type Element = Record<string, Element[] | string | Record<string, string>>;

const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  format: true,
  indentBy: ' ',
  suppressEmptyNode: true,
});

/**
 * An element with text or children; nulls among the children are left out. The writer escapes all text; what XML 1.0
 * forbids in a document, such as control characters and lone surrogates, is taken out here.
 */
export function el(
  name: string,
  content: string | number | readonly (Element | null)[] = [],
  attributes: Record<string, string | number> = {},
): Element {
  const children =
    typeof content === 'object'
      ? content.filter((child) => child !== null)
      : [{ '#text': cleanText(String(content)) }];
  const names = Object.keys(attributes);
  if (names.length === 0) return { [name]: children };
  const prefixed: Record<string, string> = {};
  for (const each of names) prefixed[`@_${each}`] = cleanText(String(attributes[each]));
  return { [name]: children, ':@': prefixed };
}

/** Char of XML 1.0 (fifth edition), section 2.2. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

export function cleanText(text: string): string {
  return text.replace(forbidden, '');
}

/** The whole document as text, with its declaration. */
export function buildDocument(root: Element): string {
  const declaration: Element = { '?xml': [], ':@': { '@_version': '1.0', '@_encoding': 'UTF-8' } };
  return `${builder.build([declaration, root])}\n`;
}
