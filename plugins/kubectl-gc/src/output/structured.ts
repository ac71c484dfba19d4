/** JSON or YAML as kubectl prints them: four spaces, or two. */
export async function structured(format: 'json' | 'yaml', object: object): Promise<string> {
  if (format === 'json') return `${JSON.stringify(object, undefined, 4)}\n`
  const { stringify } = await import('yaml')
  return stringify(object, { lineWidth: 0, indentSeq: false })
}
