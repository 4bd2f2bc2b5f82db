// What shows a text to a person, or reads the ids of the manifest, has one place each. Selectors for
// `no-restricted-syntax`; test/unit/lint.test.ts tries them.

/** Functions of `vscode.window` that show text. */
const showing = [
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'withProgress',
  'setStatusBarMessage',
  'createStatusBarItem',
  'showInputBox',
  'createInputBox',
  'showQuickPick',
  'createQuickPick',
  'createOutputChannel',
].join('|');

const TEXT = 'Show it through src/ui, where text of others is made plain.';

/** Every other way to show a text than through `src/ui`. */
export const waysOut = [
  { selector: `MemberExpression[property.name=/^(${showing})$/]`, message: TEXT },
  { selector: `Property[key.name=/^(${showing})$/]`, message: TEXT },
  { selector: `ImportSpecifier[imported.name=/^(window|MarkdownString)$/]`, message: TEXT },
  { selector: `NewExpression[callee.property.name='MarkdownString']`, message: TEXT },
  { selector: `NewExpression[callee.name='MarkdownString']`, message: TEXT },
  { selector: `MemberExpression[object.property.name='window'][computed=true]`, message: TEXT },
  { selector: `Literal[value=/^vscode\\.(diff|changes)$/]`, message: TEXT },
  {
    selector: `AssignmentExpression[left.property.name='title'][left.object.property.name='panel']`,
    message: TEXT,
  },
  { selector: `AssignmentExpression[left.property.name='title'][left.object.name='panel']`, message: TEXT },
  {
    selector: `AssignmentExpression[left.property.name=/^(title|description|message)$/][left.object.property.name='view']`,
    message: TEXT,
  },
];

const SETTINGS = 'Read our settings through Settings of src/contributions, where each is checked.';
/** Sections that are VS Code's own. */
const foreign = '^(editor|workbench)$';

const IDS = 'Ids are declared in src/contributions; use them from there.';

/**
 * Ids of commands, views, keys and settings outside of `src/contributions`, where the compiler knows them, and settings
 * that are read past the one checked door.
 */
export const rawIds = [
  {
    selector: `CallExpression[callee.property.name='getConfiguration']:not([arguments.0.value=/${foreign}/])`,
    message: SETTINGS,
  },
  { selector: `Property[key.name='getConfiguration']`, message: SETTINGS },
  { selector: `MemberExpression[computed=true][property.value='getConfiguration']`, message: SETTINGS },
  { selector: 'Literal[value=/^tencentChat\\./]', message: IDS },
  { selector: 'TemplateElement[value.raw=/^tencentChat\\./]', message: IDS },
];
