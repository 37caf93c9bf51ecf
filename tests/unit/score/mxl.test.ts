import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeMxl } from '../../../main/engine/score/mxl.ts';
import { hasXmllint, validate } from './tools.ts';

const xml = '<?xml version="1.0"?><score-partwise version="4.0"/>';

describe('writeMxl', () => {
  it('holds the score where its container says', () => {
    const files = unzipSync(writeMxl(xml, 'Song of a day'));
    expect(Object.keys(files)).toEqual(['mimetype', 'META-INF/container.xml', 'Song of a day.musicxml']);
    expect(strFromU8(files['Song of a day.musicxml']!)).toBe(xml);
    expect(strFromU8(files['META-INF/container.xml']!)).toContain('full-path="Song of a day.musicxml"');
  });

  it('begins with its type, stored, so that it can be told from other archives', () => {
    const bytes = Buffer.from(writeMxl(xml, 'a'));
    // Local file header (PKWARE APPNOTE 4.3.7): method at 8, name length at 26, name at 30.
    expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
    expect(bytes.readUInt16LE(8)).toBe(0);
    expect(bytes.toString('latin1', 30, 38)).toBe('mimetype');
    expect(bytes.toString('latin1', 38)).toMatch(/^application\/vnd\.recordare\.musicxml/);
  });

  it('is the same whenever it is written', () => {
    expect(writeMxl(xml, 'a')).toEqual(writeMxl(xml, 'a'));
  });

  it('does not let a title leave the archive', () => {
    for (const name of ['../../etc/passwd', 'a/b\\c', '\u0000', '']) {
      const path = Object.keys(unzipSync(writeMxl(xml, name)))[2]!;
      expect(path).toMatch(/^[\w\-. ]+\.musicxml$/);
      expect(path).not.toContain('..');
    }
  });

  it.skipIf(!hasXmllint)('has a container valid by the W3C schema (needs xmllint)', () => {
    const files = unzipSync(writeMxl(xml, 'Tag für Tag'));
    expect(validate([strFromU8(files['META-INF/container.xml']!)], 'container.xsd')).toBe('');
  });
});
