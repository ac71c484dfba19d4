import { type Format, formats, readFormat } from '../output/format.ts'
import * as Flags from './define.ts'

/** `-o`, for what prints sessions. */
export const outputFlag = Flags.custom<Format>({
  char: 'o',
  helpValue: 'FORMAT',
  summary: `One of ${formats.join(', ')}.`,
  parse: (text) => readFormat(text),
})

/** Flags that choose sessions. */
export const choiceFlags = {
  selector: Flags.string({
    char: 'l',
    helpValue: 'LABELS',
    summary: 'Only sessions whose labels meet this: key=value, key!=value, key in (a,b), key, !key; commas join.',
  }),
  'field-selector': Flags.string({
    helpValue: 'FIELDS',
    summary: 'Only sessions whose fields meet this, such as status.phase=Running or spec.nodeName!=node-1.',
  }),
  prefix: Flags.string({ helpValue: 'TEXT', summary: 'Only sessions whose name begins with this.' }),
}
