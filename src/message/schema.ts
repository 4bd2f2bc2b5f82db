import { elements, type ElementSpec, type FieldSpec, type Language } from './elements';

/** The words of a schema by their keys, see `l10n/schema.json`. */
export type SchemaTexts = Readonly<Record<string, string>>;

/** JSON of a schema, as far as it is made here. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON schema of message documents. It serves completion and hover only: it has no `type`, `required` or
 * `enum`, so that no slip is reported by the schema and by the check both.
 *
 * @param language what the texts are written in
 * @throws Error that names every text that is missing
 */
export function messageSchema(texts: SchemaTexts, language: Language): JsonSchema {
  const missing = new Set<string>();
  const say = (key: string): string => {
    if (texts[key] === undefined) missing.add(key);
    return texts[key] ?? '';
  };
  const schema = schemaOf({ say, nameOf: ({ name }) => name[language] });
  if (missing.size > 0) throw new Error(`the schema has no text for ${[...missing].join(', ')}`);
  return schema;
}

/** Where the schema's words come from. */
interface Wording {
  /** A text of the tables. */
  readonly say: (key: string) => string;
  /** What an element type is called everywhere. */
  readonly nameOf: (element: ElementSpec) => string;
}

function schemaOf(wording: Wording): JsonSchema {
  const { say } = wording;
  const body = elementSnippet(elements[0], 1);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    markdownDescription: say('message'),
    defaultSnippets: [{ label: say('newMessage'), body: { MsgBody: [body], CloudCustomData: '$2' } }],
    properties: {
      MsgBody: { markdownDescription: say('MsgBody'), ...elementList(wording) },
      CloudCustomData: {
        markdownDescription: say('CloudCustomData'),
        defaultSnippets: [{ label: '""', body: '$1' }],
      },
    },
    definitions: {
      element: elementSchema(wording),
      ...Object.fromEntries(elements.map((element) => [element.type, contentSchema(element, wording)])),
    },
  };
}

const MSG_TYPE = '^MsgType$';

function elementList({ nameOf }: Wording): JsonSchema {
  return {
    items: { $ref: '#/definitions/element' },
    defaultSnippets: elements.map((element) => ({
      label: `[ ${element.type} ]`,
      description: nameOf(element),
      body: [elementSnippet(element, 1)],
    })),
  };
}

function elementSchema({ say, nameOf }: Wording): JsonSchema {
  return {
    markdownDescription: say('element'),
    properties: {
      MsgType: {
        markdownDescription: say('MsgType'),
        defaultSnippets: elements.map((element) => ({
          label: element.type,
          description: nameOf(element),
          body: element.type,
        })),
      },
      MsgContent: { markdownDescription: say('MsgContent'), ...startingWith({}) },
    },
    defaultSnippets: elements.map((element) => ({
      label: element.type,
      description: nameOf(element),
      body: elementSnippet(element, 1),
    })),
    // The fields follow the type. `not … false` asks for a MsgType without reporting its absence; a pattern of one
    // property keeps the condition out of the completion of properties.
    allOf: elements.map((element) => ({
      if: {
        patternProperties: { [MSG_TYPE]: { pattern: `^${element.type}$` } },
        not: { patternProperties: { [MSG_TYPE]: false } },
      },
      then: {
        patternProperties: { [MSG_TYPE]: { markdownDescription: nameOf(element) } },
        properties: { MsgContent: { $ref: `#/definitions/${element.type}` } },
      },
    })),
  };
}

function contentSchema(element: ElementSpec, wording: Wording): JsonSchema {
  const { say, nameOf } = wording;
  return {
    markdownDescription: `${nameOf(element)} · [${say('link')}](${element.source})`,
    defaultSnippets: [
      { label: '{ … }', description: nameOf(element), body: fieldsSnippet(element.fields, 1) },
    ],
    properties: propertiesOf(element.fields, element.type, wording),
  };
}

function propertiesOf(fields: readonly FieldSpec[], owner: string, wording: Wording): JsonSchema {
  return Object.fromEntries(
    fields.map((field) => [field.name, fieldSchema(field, `${owner}.${field.name}`, wording)]),
  );
}

function fieldSchema(field: FieldSpec, key: string, wording: Wording): JsonSchema {
  const { say } = wording;
  const facts = [
    say(`type.${field.type}`),
    field.unit && say(`unit.${field.unit}`),
    field.uncertain ? say('uncertain') : say(`required.${field.required}`),
  ].filter((fact) => fact !== undefined);
  const values = (field.values ?? []).map(({ value, id }) => `- \`${value}\`: ${say(`value.${id}`)}`);
  const paragraphs = [say(key), ...(values.length > 0 ? [values.join('\n')] : []), `*${facts.join(' · ')}*`];
  return {
    markdownDescription: paragraphs.join('\n\n'),
    ...valuesOf(field, wording),
    ...nested(field, key, wording),
  };
}

/** What can stand as the field's value; without it, VS Code would complete its name without a colon. */
function valuesOf(field: FieldSpec, { say }: Wording): JsonSchema {
  if (field.values !== undefined) {
    const snippet = (value: number, id: string) => ({
      label: `${value}`,
      description: say(`value.${id}`),
      body: value,
    });
    return { defaultSnippets: field.values.map(({ value, id }) => snippet(value, id)) };
  }
  if (field.example !== undefined) return { examples: [field.example] };
  if (field.type === 'array') return startingWith([field.items === 'string' ? '$1' : {}]);
  return startingWith(field.type === 'string' ? '$1' : '^${1:0}');
}

function startingWith(body: unknown): JsonSchema {
  return { defaultSnippets: [{ label: JSON.stringify(body).replace(/\^|\$\{1:|\$1|\}(?=")/g, ''), body }] };
}

function nested(field: FieldSpec, key: string, wording: Wording): JsonSchema {
  if (field.name === 'MsgBody') return elementList(wording);
  if (field.fields === undefined) return {};
  return {
    items: {
      properties: propertiesOf(field.fields, key, wording),
      defaultSnippets: [{ label: '{ … }', body: fieldsSnippet(field.fields, 1) }],
    },
  };
}

/** An element to fill in, its places numbered from `first`. */
function elementSnippet(element: ElementSpec | undefined, first: number): JsonSchema {
  return element === undefined
    ? {}
    : { MsgType: element.type, MsgContent: fieldsSnippet(element.fields, first) };
}

function fieldsSnippet(fields: readonly FieldSpec[], first: number): JsonSchema {
  let place = first;
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.type === 'array' && field.required === 'no') continue;
    if (field.fields !== undefined) {
      body[field.name] = [fieldsSnippet(field.fields, place)];
      place += field.fields.length;
    } else {
      body[field.name] = placeOf(field, place);
      place += 1;
    }
  }
  return body;
}

/** One place of a snippet. A leading `^` keeps VS Code from putting the value into quotes. */
function placeOf(field: FieldSpec, place: number): string | number {
  if (field.values?.length === 1) return field.values[0]?.value ?? 0;
  if (field.values !== undefined) return `^\${${place}|${field.values.map(({ value }) => value).join(',')}|}`;
  if (field.type !== 'string') return `^\${${place}:0}`;
  return `$${place}`;
}
