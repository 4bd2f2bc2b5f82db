import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import {
  addressOfInput,
  chatOfInput,
  contentOfInput,
  inputOf,
  shapes,
  type ToolInput,
  type ToolName,
} from '../../../src/modelTools/inputs';
import { languageModelTools } from '../../../src/contributions/ids';
import { runs } from '../../support/runs';

interface MemberSchema {
  readonly type: 'string' | 'integer';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface DeclaredTool {
  readonly name: ToolName;
  readonly modelDescription: string;
  readonly toolReferenceName: string;
  readonly when: string;
  readonly inputSchema: {
    readonly type: string;
    readonly properties: Readonly<Record<string, MemberSchema>>;
    readonly required?: readonly string[];
    readonly additionalProperties: boolean;
  };
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { languageModelTools: readonly DeclaredTool[] };
};
const declared = contributes.languageModelTools;
const names = Object.keys(shapes) as ToolName[];

/** What a validator of JSON schemas says, as far as ours go. */
function fits({ inputSchema: { properties, required = [] } }: DeclaredTool, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (!Object.keys(value).every((name) => Object.hasOwn(properties, name))) return false;
  const members = value as Readonly<Record<string, unknown>>;
  return Object.entries(properties).every(([name, schema]) => {
    if (!Object.hasOwn(members, name)) return !required.includes(name);
    const member = members[name];
    if (schema.type === 'string') {
      if (typeof member !== 'string') return false;
      return member.length >= (schema.minLength ?? 0) && member.length <= (schema.maxLength ?? Infinity);
    }
    if (typeof member !== 'number' || !Number.isInteger(member)) return false;
    return member >= (schema.minimum ?? -Infinity) && member <= (schema.maximum ?? Infinity);
  });
}

/** Inputs that are right, nearly right and wrong. */
function inputs({ inputSchema: { properties } }: DeclaredTool): fc.Arbitrary<unknown> {
  const value = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom<unknown>('', 'alice', 'x'.repeat(128), 'x'.repeat(129), '90010', '1_2_3'),
    fc.constantFrom<unknown>(0, 1, 50, 51, -1, 1.5, 2 ** 32 - 1, 2 ** 32, 1e21, 90010, true, null),
    fc.constantFrom<unknown>([], {}, ['alice'], { toString: 'alice' }, [1]),
  );
  const likely = fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([name, { type }]) => [
        name,
        fc.oneof(
          {
            weight: 6,
            arbitrary: type === 'string' ? fc.constantFrom('alice', '1_2_3') : fc.constantFrom(1, 7, 50),
          },
          { weight: 1, arbitrary: value },
        ),
      ]),
    ),
    { requiredKeys: [] },
  );
  const more = fc.tuple(
    likely,
    fc.constantFrom('send', '__proto__', 'constructor', 'Connection', 'MsgBody'),
    value,
  );
  // As VS Code gets it: parsed from JSON, where `__proto__` is a member like any other.
  const odd = more.map(([input, name, member]) => {
    const members = [...Object.entries(input), [name, member] as const];
    const written = members.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    return JSON.parse(`{${written.join(',')}}`) as unknown;
  });
  return fc.oneof({ weight: 5, arbitrary: likely }, odd, fc.jsonValue(), value);
}

describe('the input of tools for language models', () => {
  it('is declared in the manifest for each tool that there is', () => {
    assert.deepEqual(
      declared.map(({ name }) => name),
      names,
    );
    assert.deepEqual([...languageModelTools], names);
    assert.equal(new Set(declared.map(({ toolReferenceName }) => toolReferenceName)).size, names.length);
    for (const { name, toolReferenceName, modelDescription, when, inputSchema } of declared) {
      // What VS Code takes of a name.
      assert.match(name, /^[\w-]+$/);
      assert.match(toolReferenceName, /^[\w-]+$/);
      assert.ok(modelDescription.length > 80, name);
      assert.equal(when, 'config.tencentChat.languageModels.enabled');
      assert.equal(inputSchema.type, 'object');
      assert.equal(inputSchema.additionalProperties, false);
    }
  });

  for (const tool of declared) {
    it(`of ${tool.name} is what its schema says, and never anything else`, () => {
      let taken = 0;
      fc.assert(
        fc.property(inputs(tool), (value) => {
          const read = inputOf(tool.name, value);
          assert.equal('input' in read, fits(tool, value), JSON.stringify(read));
          if (!('input' in read)) {
            assert.ok(read.wrong.length < 200, read.wrong);
            return;
          }
          taken += 1;
          // Nothing gets in that was not given, and nothing that was given is left out.
          assert.deepEqual({ ...read.input }, { ...(value as object) });
        }),
        runs(300, 20_000),
      );
      assert.ok(taken > 20, `only ${taken} inputs were right`);
    });
  }

  it('that is no object, or has what no tool takes, says what is wrong', () => {
    for (const value of [undefined, null, 'alice', 7, [], [{ code: 1 }]])
      assert.deepEqual(inputOf('tencentChat_explainCode', value), { wrong: 'The input is to be an object.' });
    assert.deepEqual(inputOf('tencentChat_explainCode', { code: 1, send: true }), {
      wrong: 'The input has no member "send".',
    });
    assert.deepEqual(inputOf('tencentChat_explainCode', JSON.parse('{"code":1,"__proto__":{}}')), {
      wrong: 'The input has no member "__proto__".',
    });
    assert.deepEqual(inputOf('tencentChat_explainCode', { code: '90010' }), {
      wrong: 'code is a whole number from -9999999 to 99999999.',
    });
    assert.deepEqual(inputOf('tencentChat_readMessages', { connection: 'Test', limit: 51 }), {
      wrong: 'limit is absent or a whole number from 1 to 50.',
    });
    assert.deepEqual(inputOf('tencentChat_readMessages', Object.create({ connection: 'Test' })), {
      wrong: 'connection is a string of 1 to 128 characters.',
    });
  });

  it('names one conversation', () => {
    const of = (input: Partial<ToolInput<'tencentChat_readMessages'>>) =>
      chatOfInput({ connection: 'Test', ...input } as ToolInput<'tencentChat_readMessages'>);
    assert.deepEqual(of({ user: 'alice', peer: 'bob' }), {
      input: { chat: 'c2c', user: 'alice', peer: 'bob' },
    });
    assert.deepEqual(of({ GroupId: 'g', TopicId: 't' }), {
      input: { chat: 'group', group: 'g', topic: 't' },
    });
    for (const wrong of [
      {},
      { user: 'alice' },
      { peer: 'bob' },
      { TopicId: 't' },
      { user: 'alice', peer: 'bob', GroupId: 'g' },
      { user: 'alice', GroupId: 'g' },
      { user: 'alice', peer: 'bob', TopicId: 't' },
    ])
      assert.ok('wrong' in of(wrong), JSON.stringify(wrong));
  });

  it('names one message', () => {
    const of = (input: Partial<ToolInput<'tencentChat_proposeDraft'>>) =>
      addressOfInput({
        connection: 'Test',
        message: '{}',
        ...input,
      } as ToolInput<'tencentChat_proposeDraft'>);
    const ofTwo = { From_Account: 'alice', To_Account: 'bob', MsgKey: '1_2_1700000000' };
    assert.deepEqual(of(ofTwo), {
      input: { chat: 'c2c', from: 'alice', to: 'bob', key: '1_2_1700000000' },
    });
    assert.deepEqual(of({ GroupId: 'g', MsgSeq: 7 }), { input: { chat: 'group', group: 'g', seq: 7 } });
    assert.deepEqual(of({ GroupId: 'g', TopicId: 't', MsgSeq: 7 }), {
      input: { chat: 'group', group: 'g', topic: 't', seq: 7 },
    });
    for (const wrong of [
      {},
      { ...ofTwo, MsgKey: '1_2' },
      { ...ofTwo, MsgKey: '../../x' },
      { ...ofTwo, GroupId: 'g', MsgSeq: 7 },
      { ...ofTwo, MsgSeq: 7 },
      { ...ofTwo, TopicId: 't' },
      { From_Account: 'alice', MsgKey: ofTwo.MsgKey },
      { GroupId: 'g' },
      { MsgSeq: 7 },
    ])
      assert.ok('wrong' in of(wrong), JSON.stringify(wrong));
  });

  it('holds the JSON of a message and nothing besides, whose tokens stay', () => {
    assert.deepEqual(contentOfInput('{ "CloudCustomData": "{\\"id\\": 12345678901234567890}" }'), {
      input: { cloudCustomData: '"{\\"id\\": 12345678901234567890}"' },
    });
    assert.deepEqual(contentOfInput('{"MsgBody": [1.0, 98765432109876543]}'), {
      input: { msgBody: '[1.0,98765432109876543]' },
    });
    for (const wrong of [
      '',
      '{}',
      '[]',
      'null',
      '{"MsgBody":[]',
      '{"MsgBody":[]} // sent',
      '{"MsgBody":[],}',
      '{"MsgBody":[],"MsgBody":[1]}',
      '{"MsgBody":[],"To_Account":"carol"}',
      '{"msgBody":[]}',
      '{"MsgBody":[]}{"MsgBody":[]}',
    ])
      assert.ok('wrong' in contentOfInput(wrong), wrong);
  });
});
