import type { JSONPath, Node } from 'jsonc-parser';
import type { Problem, ProblemId, ProblemValues, Severity } from '../problem';
import type { TextRange } from '../../json/text';

/** Where a problem stands. */
export interface Place {
  readonly path: JSONPath;
  readonly range: TextRange;
}

/** Gathers problems while a message is walked through. */
export class Findings {
  private readonly problems: Problem[] = [];
  /** How many objects deep the walk is in formats that no official source describes. */
  private uncertain = 0;

  /** @param root the path of the message in the text, which all paths of problems begin with */
  constructor(
    readonly text: string,
    private readonly root: JSONPath = [],
  ) {}

  add<Id extends ProblemId>(
    id: Id,
    severity: Severity,
    place: Place,
    values: ProblemValues[Id],
    code?: number,
  ): void {
    this.problems.push({
      id,
      severity: this.uncertain > 0 && severity === 'error' ? 'warning' : severity,
      path: [...this.root, ...place.path],
      range: place.range,
      values: { ...values },
      ...(this.root.length > 0 && { root: this.root }),
      ...(code !== undefined && { code }),
    });
  }

  /** Walks through something whose format no official source describes: nothing in it is an error. */
  uncertainly(walk: () => void): void {
    this.uncertain += 1;
    walk();
    this.uncertain -= 1;
  }

  inOrder(): Problem[] {
    return this.problems.sort((a, b) => a.range.offset - b.range.offset);
  }
}

/** The place of a whole value. */
export function at(node: Node, path: JSONPath): Place {
  return { path, range: { offset: node.offset, length: node.length } };
}

/** The place of a property's key, the path being that of its value. */
export function atKey(property: Node, path: JSONPath): Place {
  const key = property.children?.[0] ?? property;
  return { path, range: { offset: key.offset, length: key.length } };
}

/** The place of what an object lacks: the key it stands under, or its opening brace. */
export function atOwner(node: Node, path: JSONPath): Place {
  return node.parent?.type === 'property'
    ? atKey(node.parent, path)
    : { path, range: { offset: node.offset, length: 1 } };
}
