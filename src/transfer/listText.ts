/**
 * The text of a list, a piece for each page of items, laid out as `listOf` does.
 *
 * @param change what becomes of an item on its way
 */
export async function* listText(
  pages: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  change: (item: string) => string = (item) => item,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  let begun = false;
  for await (const page of pages) {
    signal?.throwIfAborted();
    if (page.length === 0) continue;
    yield `${begun ? ',\n' : '[\n'}${page.map((item) => `  ${change(item)}`).join(',\n')}`;
    begun = true;
  }
  yield begun ? '\n]\n' : '[]\n';
}
