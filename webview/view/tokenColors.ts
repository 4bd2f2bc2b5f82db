import type { TokenColors } from '../../src/protocol';

/** Tells which theme it is, now and whenever it is another one. */
export function followTheme(tell: (id: string) => void): void {
  let told: string | undefined;
  const look = (): void => {
    const id = document.body.dataset.vscodeThemeId ?? '';
    if (id === told) return;
    told = id;
    showTokenColors({});
    tell(id);
  };
  new MutationObserver(look).observe(document.body, { attributeFilter: ['data-vscode-theme-id'] });
  look();
}

/** Gives JSON's tokens their colours; those that are missing are style.css's. */
export function showTokenColors(colors: TokenColors): void {
  for (const name of ['key', 'string', 'number', 'constant'] as const) {
    const color = colors[name];
    if (color === undefined) document.body.style.removeProperty(`--json-${name}`);
    else document.body.style.setProperty(`--json-${name}`, color);
  }
}
