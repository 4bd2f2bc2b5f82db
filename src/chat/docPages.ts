/**
 * Chinese pages (cloud.tencent.com/document/product/269/…) of English ones (trtc.io/document/…), where both are known to
 * say the same.
 */
const chinese: Readonly<Record<string, string>> = {
  '33527': '2720',
  '34348': '1671',
  '34374': '1619',
  '34620': '1519',
  '34917': '1639',
  '34919': '2282',
  '34920': '1612',
  '34925': '1625',
  '34960': '1614',
  '34961': '1616',
  '34963': '1626',
  '34965': '12341',
  '34971': '2738',
  '35014': '2568',
  '35015': '38980',
  '35478': '42794',
  '38996': '50349',
  '41046': '56043',
  '47722': '74740',
  '47948': '74741',
  '49469': '78204',
};

const ENGLISH = 'https://trtc.io/document/';

/** The address of a page in the reader's language where one is known; the given one otherwise. */
export function pageIn(link: string, language: 'en' | 'zh'): string {
  const number = link.startsWith(ENGLISH) ? link.slice(ENGLISH.length) : '';
  const page = language === 'zh' && Object.hasOwn(chinese, number) ? chinese[number] : undefined;
  return page === undefined ? link : `https://cloud.tencent.com/document/product/269/${page}`;
}
