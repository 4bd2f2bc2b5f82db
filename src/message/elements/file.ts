import { fileNameIn, numbersIn, urlIn } from './content';
import type { Element } from './element';
import { count, downloadFlag, FORMATS, link, text } from './fields';

export const fileElement: Element = {
  name: { en: 'File', zh: '文件' },
  // Not `file`: VS Code would show the icon that its theme has for the resource.
  icon: 'file-binary',
  source: FORMATS,
  fields: [
    link('Url'),
    text('UUID', 'documented', { example: '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F' }),
    count('FileSize', 'no', { unit: 'bytes', example: 1_773_552 }),
    text('FileName', 'no', { example: 'report.pdf' }),
    downloadFlag('Download_Flag'),
  ],
  otherTypes: [],
  elemType: 4,
  aliases: {
    fileurl: 'Url',
    fileuuid: 'UUID',
    size: 'FileSize',
    name: 'FileName',
    videodownloadflag: 'Download_Flag',
    filedownloadflag: 'Download_Flag',
  },
  sample: {
    Url: 'https://files.example.com/f/49be9d32c0fbfba7b31dafa4312c6c7d',
    UUID: '1053D4B3D61040894AC3DE44CDF28B3EC7EB7C0F',
    FileSize: 1_773_552,
    FileName: 'Quarterly report 2026 – final.pdf',
    Download_Flag: 2,
  },
  summary: (content) => fileNameIn(content, 'FileName'),
  preview: (content) => ({
    kind: 'file',
    name: fileNameIn(content, 'FileName'),
    ...numbersIn(content, { size: 'FileSize' }),
    ...urlIn(content, 'Url'),
  }),
  push: { en: '[File]', zh: '[文件]' },
};
