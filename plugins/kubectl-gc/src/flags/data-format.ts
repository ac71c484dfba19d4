import * as Flags from './define.ts'

/** `-o json|yaml`, for the commands whose answer is not a list of sessions; without it they print text. */
export const dataFormatFlag = Flags.option({
  char: 'o',
  helpValue: 'FORMAT',
  options: ['json', 'yaml'] as const,
  summary: 'One of json, yaml.',
})()
