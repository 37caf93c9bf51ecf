import { XMLParser } from 'fast-xml-parser';
import { SongleafError } from '../../contract/errors.ts';

/** An element as read: children in the order of the document. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  text: string;
}

type Ordered = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  // Nothing that is read here holds entities, and a hostile document could make them large.
  processEntities: false,
});

/**
 * Reads the tree of a partwise MusicXML document.
 *
 * @throws SongleafError `score-invalid` where the text is not XML or holds no `score-partwise`
 */
export function parseMusicXml(xml: string): XmlNode {
  let ordered: Ordered[];
  try {
    ordered = parser.parse(xml, true) as Ordered[];
  } catch (cause) {
    throw invalid(
      `The score is not well-formed XML: ${cause instanceof Error ? cause.message : cause}.`,
      cause,
    );
  }
  const root = ordered.map(toNode).find((node) => node.name === 'score-partwise');
  if (!root) throw invalid('The document holds no partwise MusicXML score.');
  return root;
}

function invalid(message: string, cause?: unknown): SongleafError {
  return new SongleafError('score-invalid', message, 'Export the score again as MusicXML.', { cause });
}

function toNode(item: Ordered): XmlNode {
  const name = Object.keys(item).find((key) => key !== ':@') ?? '';
  const content = item[name];
  const items = Array.isArray(content) ? (content as Ordered[]) : [];
  return {
    name,
    attributes: (item[':@'] ?? {}) as Record<string, string>,
    children: items.filter((each) => !('#text' in each)).map(toNode),
    text: items.map((each) => ('#text' in each ? String(each['#text']) : '')).join(''),
  };
}

export function child(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((each) => each.name === name);
}

export function childrenOf(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((each) => each.name === name);
}

/** Text of a child, or undefined where there is no such child. */
export function childText(node: XmlNode, name: string): string | undefined {
  return child(node, name)?.text.trim();
}

/** Number in a child; undefined where there is no such child, NaN where its text is no number. */
export function childNumber(node: XmlNode, name: string): number | undefined {
  const text = childText(node, name);
  return text === undefined ? undefined : Number(text === '' ? Number.NaN : text);
}
