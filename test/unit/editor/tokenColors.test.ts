import assert from 'node:assert/strict';
import { tokenColors, type TokenRule } from '../../../src/editor/tokenColors';

const rule = (scope: TokenRule['scope'], foreground: string): TokenRule => ({
  ...(scope !== undefined && { scope }),
  settings: { foreground },
});

describe('colours of JSON tokens in a theme', () => {
  it('are those of the rules about them', () => {
    const rules = [
      rule('support.type.property-name', '#000001'),
      rule(['string', 'constant.other'], '#000002'),
      rule('constant.numeric, constant.character', '#000003'),
      rule('constant.language', '#000004'),
      rule('comment', '#000005'),
    ];
    assert.deepEqual(tokenColors(rules), {
      ...{ key: '#000001', string: '#000002', number: '#000003', constant: '#000004' },
    });
  });

  it('leave out what no rule is about', () => {
    assert.deepEqual(tokenColors([rule('comment', '#000001'), rule(undefined, '#000002')]), {});
    assert.deepEqual(
      tokenColors([rule('str', '#000001'), rule('string.quoted.double.json.more', '#000002')]),
      {},
    );
  });

  it('prefer the inner scope, then the longer selector, then the one with more around it, then the later', () => {
    const string = (...rules: TokenRule[]): string | undefined => tokenColors(rules).string;
    assert.equal(
      string(rule('string', '#000001'), rule('meta.structure.dictionary.json', '#000002')),
      '#000001',
    );
    assert.equal(string(rule('string.quoted', '#000001'), rule('string', '#000002')), '#000001');
    assert.equal(
      string(rule('meta.structure.dictionary.json string', '#000001'), rule('string', '#000002')),
      '#000001',
    );
    assert.equal(string(rule('string', '#000001'), rule('string', '#000002')), '#000002');
  });

  it('need what stands around a selector, in its order', () => {
    assert.equal(tokenColors([rule('source.json meta.structure string', '#000001')]).string, '#000001');
    assert.equal(tokenColors([rule('meta.structure source.json string', '#000001')]).string, undefined);
    assert.equal(tokenColors([rule('source.css string', '#000001')]).string, undefined);
  });

  it("give a key the strings' colour when the theme has none for keys", () => {
    assert.equal(tokenColors([rule('string', '#000001')]).key, '#000001');
  });

  it('are colours and nothing else', () => {
    for (const text of ['red', '#12', 'url(x)', '#123456; color: red', '']) {
      assert.deepEqual(tokenColors([rule('string', text)]), {}, text);
    }
    assert.equal(tokenColors([rule('string', '#1a2B3c4D')]).string, '#1a2B3c4D');
  });
});
