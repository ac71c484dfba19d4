import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { environment } from '../env.ts'

test('a shell that evaluates it finds the commands and the kubeconfig, whatever the checkout is called', () => {
  const root = `/srv/it's "a" $(checkout)`
  const script = `${environment(undefined, root)}printf '%s\\n' "$PATH" "$KUBECONFIG"`
  const [path, kubeconfig] = execFileSync('/bin/sh', ['-c', script], { env: { PATH: '/usr/bin' } })
    .toString()
    .split('\n')
  expect(path?.split(':').at(0)).toBe(`${root}/.toolchain/bin`)
  expect(path?.split(':').at(-1)).toBe('/usr/bin')
  expect(kubeconfig).toMatch(/\/kubectl-gc\/lab\/kubeconfig$|^\//)
})

test('each context has a kubeconfig of its own', () => {
  const [first, second] = ['team/a', 'team:a'].map((context) => environment(context).split('\n')[1])
  expect(first).not.toBe(second)
})
