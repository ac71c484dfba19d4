import { expect, test } from 'vitest'
import { readStartDocument } from '../../src/exec-provider/start-document.ts'

const document = {
  command: 'claude',
  work_dir: '/city/rig',
  lifecycle: 'one_shot',
  env: { A: 'x', N: 1, B: true },
  process_names: ['claude'],
  nudge: 'go',
  ready_prompt_prefix: '> ',
  ready_delay_ms: 250,
  pre_start: ['a', 'b'],
  session_setup: ['c'],
  session_setup_script: '/setup.sh',
  session_live: ['d'],
  pack_overlay_dirs: ['/pack'],
  overlay_dir: '/overlay',
  copy_files: [{ src: '/a', rel_dst: 'b/c' }, { src: '/d' }],
}

test('reads every field; ignores what it does not know', () => {
  expect(readStartDocument(JSON.stringify({ ...document, startup_envelope: [1] }))).toEqual({
    command: 'claude',
    workDir: '/city/rig',
    lifecycle: 'one_shot',
    env: { A: 'x', N: '1', B: 'true', GC_DOLT_HOST: undefined },
    processNames: ['claude'],
    nudge: 'go',
    readyPromptPrefix: '> ',
    readyDelayMs: 250,
    preStart: ['a', 'b'],
    sessionSetup: ['c'],
    sessionSetupScript: '/setup.sh',
    sessionLive: ['d'],
    packOverlayDirs: ['/pack'],
    overlayDir: '/overlay',
    copyFiles: [
      { src: '/a', relDst: 'b/c' },
      { src: '/d', relDst: undefined },
    ],
  })
})

test.for(['', '{}', '{"command": null, "env": null, "work_dir": ""}'])(
  '%j starts a session with the defaults',
  (json) => {
    const config = readStartDocument(json)
    expect(Object.values({ ...config, env: undefined }).every((value) => value === undefined)).toBe(true)
    expect(Object.entries(config.env ?? {})).toEqual([['GC_DOLT_HOST', undefined]])
  },
)

test.for(Object.keys(document))('a %s of a wrong type is refused by its name', (field) => {
  for (const value of [{ x: 1 }, [1], 'x', true]) {
    const read = () => readStartDocument(JSON.stringify({ [field]: value }))
    if (typeof value === typeof document[field as keyof typeof document] && !Array.isArray(value)) continue
    expect(read).toThrow(`start: the field "${field}" is not a`)
  }
})

test.for([
  ['{', 'not JSON'],
  ['[]', 'not a JSON object'],
  ['{"ready_delay_ms": -1}', 'the field "ready_delay_ms" is not a number of milliseconds'],
  ['{"copy_files": [{"src": ""}]}', 'the field "copy_files" is not a list of'],
  ['{"copy_files": [{"src": "a", "rel_dst": 1}]}', 'the field "copy_files" is not a list of'],
])('%s is refused: %s', ([json, why]) => {
  expect(() => readStartDocument(json as string)).toThrow(why)
})
