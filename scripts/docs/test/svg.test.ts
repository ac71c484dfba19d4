import { expect, test } from 'vitest'
import { openTerminal } from '../../../e2e/support/terminal.ts'
import { runsOf } from '../runs.ts'
import { windowSvg } from '../svg.ts'

/** The picture of what a program has printed. */
async function picture(printed: string): Promise<string> {
  using terminal = openTerminal('printf', ['%s', printed], { columns: 20, rows: 5 })
  await terminal.exitCode
  await expect.poll(terminal.screen).not.toBe('')
  return windowSvg('a < b', runsOf(terminal.buffer(), 5), 20)
}

const texts = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.]+)" y="[\d.]+" textLength="([\d.]+)"[^>]*>([^<]*)/g)].map(([, ...found]) => found)

test('texts stand where their cells are, without blanks at the end, and cannot end the picture', async () => {
  const svg = await picture('  ab   \r\n日本\x1b[1m<x>\x1b[0m')
  expect(texts(svg)).toEqual([
    ['14', '33.6', '  ab'],
    ['14', '33.6', '日本'],
    ['47.6', '25.2', '&#60;x&#62;'],
  ])
  expect(svg).toContain('font-weight="bold"')
  expect(svg).toContain('aria-label="a &#60; b"')
  expect(svg).toMatch(/^<svg [^>]*width="196" height="94"/)
})

test('colours are those of the terminal, and what is reversed has them the other way round', async () => {
  const svg = await picture('\x1b[32mgreen\x1b[0m\x1b[7m on \x1b[0m')
  expect(svg).toMatch(/fill="#98c379">green</)
  expect(svg).toMatch(/<rect x="56" y="44" width="33.6" height="18" fill="#d6d9e0"\/>\n<text [^>]*fill="#1b1d23"> on </)
})
