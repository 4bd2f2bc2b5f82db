import { element } from './dom';

/**
 * The part of Markdown that descriptions use: paragraphs, lists, headings, code, emphasis and links. Builds elements,
 * never markup from the text, so that nothing in a message can become part of the page.
 */
export function renderMarkdown(source: string, openLink: (link: string) => void): HTMLElement {
  const root = element('div', { class: 'markdown' });
  for (const [index, part] of source.split(/^```.*$/m).entries()) {
    if (index % 2 === 1) root.append(element('pre', {}, element('code', {}, part.replace(/^\n|\n$/g, ''))));
    else
      for (const block of part.split(/\n{2,}/))
        if (block.trim() !== '') root.append(blockOf(block.trim(), openLink));
  }
  return root;
}

function blockOf(block: string, openLink: (link: string) => void): HTMLElement {
  const lines = block.split('\n');
  if (lines.every((line) => /^\s*[-*] /.test(line))) {
    return element(
      'ul',
      {},
      ...lines.map((line) => element('li', {}, ...inline(line.replace(/^\s*[-*] /, ''), openLink))),
    );
  }
  const heading = /^#{1,6} (.*)$/.exec(block);
  if (heading) return element('strong', { class: 'heading' }, ...inline(heading[1] ?? '', openLink));
  if (/^-{3,}$/.test(block)) return element('hr');
  return element(
    'p',
    {},
    ...lines.flatMap((line, index) => [...(index > 0 ? [element('br')] : []), ...inline(line, openLink)]),
  );
}

const INLINE =
  /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\((https:\/\/[^)\s]+)\)|<(https:\/\/[^>\s]+)>|\\([\\`*_{}[\]()#+\-.!~|<>&])/g;

function inline(text: string, openLink: (link: string) => void): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(plain(text.slice(at, found.index)));
    at = found.index + found[0].length;
    const [, code, bold, italic, label, target, address, escaped] = found;
    if (code !== undefined) parts.push(element('code', {}, code));
    else if (bold !== undefined) parts.push(element('strong', {}, bold));
    else if (italic !== undefined) parts.push(element('em', {}, italic));
    else if (escaped !== undefined) parts.push(escaped);
    else parts.push(linkTo(label ?? address ?? '', target ?? address ?? '', openLink));
  }
  parts.push(plain(text.slice(at)));
  return parts;
}

function linkTo(label: string, target: string, openLink: (link: string) => void): HTMLElement {
  const made = element('a', { href: '#', title: target }, label);
  made.addEventListener('click', (event) => {
    event.preventDefault();
    openLink(target);
  });
  return made;
}

/** VS Code writes blanks that must stay as entities. */
function plain(text: string): string {
  return text
    .replace(/&nbsp;/g, '\u00a0')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
