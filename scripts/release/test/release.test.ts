import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { checksums, contentsOf } from '../archive.ts'
import { homebrewFormula } from '../formula.ts'
import { krewManifest } from '../krew.ts'
import { changesOf, releaseNotes } from '../notes.ts'
import type { Release } from '../release.ts'
import { targets } from '../targets.ts'

const release: Release = {
  version: '1.2.3',
  repository: 'https://example.com/gc',
  archives: targets.map((target, index) => ({ target, file: `${target}.tar.gz`, sha256: `${index}`.repeat(64) })),
}

test('krew and Homebrew get each archive with its own checksum', () => {
  const manifest = krewManifest(release)
  for (const { file, sha256 } of release.archives) {
    expect(manifest).toMatch(
      new RegExp(`uri: https://example.com/gc/releases/download/v1.2.3/${file}\\s+sha256: "?${sha256}`),
    )
  }
  const formula = homebrewFormula(release)
  const [mac = '', linux = ''] = formula.split('on_linux')
  for (const [part, arm, intel] of [
    [mac, 'darwin-arm64', 'darwin-x64'],
    [linux, 'linux-arm64', 'linux-x64'],
  ] as const) {
    const sumOf = (target: string) => release.archives.find((archive) => archive.target === target)?.sha256
    expect(part).toMatch(new RegExp(`on_arm do\\s+url "[^"]+/${arm}.tar.gz"\\s+sha256 "${sumOf(arm)}"`))
    expect(part).toMatch(new RegExp(`on_intel do\\s+url "[^"]+/${intel}.tar.gz"\\s+sha256 "${sumOf(intel)}"`))
  }
  expect(() => homebrewFormula({ ...release, archives: [] })).toThrow('no archive for darwin-arm64')
})

test('checksums are as sha256sum reads them', () => {
  expect(checksums(release.archives.slice(0, 1))).toBe(`${'0'.repeat(64)}  linux-x64.tar.gz\n`)
})

test.for(targets)('the archive for %s has the licence and every program', (target) => {
  const names = contentsOf(target)
  expect(names).toContain('LICENSE')
  expect(names.map((name) => name.replace(/\.(exe|cmd)$/, ''))).toEqual(
    expect.arrayContaining(['kubectl-gc', 'kubectl_complete-gc', 'gc-session-k8s']),
  )
})

test('the notes have the changes of this version alone, and say what was not run', () => {
  const changelog = '# kubectl-gc\n\n## 1.2.3\n\n### Minor\n\n- new\n\n## 1.2.2\n\n- old\n'
  expect(changesOf(changelog, '1.2.3')).toBe('### Minor\n\n- new')
  expect(changesOf(changelog, '1.2')).toBe('')
  const notes = releaseNotes(release, changelog)
  expect(notes).toMatch(/^### Minor\n\n- new\n\n## Install/)
  expect(notes.match(/built, not run/g)).toHaveLength(4)
})

test('the install script is one for every sh', async () => {
  const script = fileURLToPath(new URL('../files/install.sh', import.meta.url))
  await promisify(execFile)('sh', ['-n', script])
  expect((await readFile(script, 'utf8')).match(/@\w+@/g)).toEqual(['@VERSION@', '@URL@'])
})
