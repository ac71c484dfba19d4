import { expect, test } from 'vitest'
import { proxyFor } from '../../src/identity/proxy.ts'

const proxy = 'http://proxy:3128'
const chosen = (server: string, env: NodeJS.ProcessEnv, configured?: string) =>
  proxyFor(new URL(server), env, configured)?.href

test.for<[string, NodeJS.ProcessEnv, string | undefined, string | undefined]>([
  ['https://api', { HTTPS_PROXY: proxy }, undefined, `${proxy}/`],
  ['https://api', { https_proxy: proxy }, undefined, `${proxy}/`],
  ['https://api', { HTTPS_PROXY: 'proxy:3128' }, undefined, `${proxy}/`],
  ['https://api', { HTTP_PROXY: proxy }, undefined, undefined],
  ['http://api', { HTTP_PROXY: proxy }, undefined, `${proxy}/`],
  ['https://api', { HTTPS_PROXY: proxy }, 'http://other:1', 'http://other:1/'],
  ['https://127.0.0.1:6443', {}, 'http://other:1', 'http://other:1/'],
])('on the way to %s, with %o and proxy-url %s, is %s', ([server, env, configured, expected]) => {
  expect(chosen(server, env, configured)).toBe(expected)
})

test.for<[string, string]>([
  ['https://localhost:6443', ''],
  ['https://127.1.2.3:6443', ''],
  ['https://[::1]:6443', ''],
  ['https://api.example.com', '*'],
  ['https://api.example.com', 'other, api.example.com'],
  ['https://api.example.com', 'example.com'],
  ['https://api.example.com', '.example.com'],
  ['https://API.example.com', '*.EXAMPLE.com'],
  ['https://api.example.com:6443', 'api.example.com:6443'],
  ['https://10.1.2.3', '10.0.0.0/8'],
  ['https://10.1.2.3', '10.1.2.3'],
  ['https://[fd00::1]', 'fd00::/8'],
])('passes %s by for NO_PROXY=%s', ([server, noProxy]) => {
  expect(chosen(server, { HTTPS_PROXY: proxy, NO_PROXY: noProxy })).toBeUndefined()
})

test.for<[string, string]>([
  ['https://example.com', '.example.com'],
  ['https://notexample.com', 'example.com'],
  ['https://api.example.com', 'api.example.com:6443'],
  ['https://11.1.2.3', '10.0.0.0/8'],
  ['https://10.1.2.3', '10.0.0.0/99, fd00::/8, x/y'],
])('is used for %s in spite of NO_PROXY=%s', ([server, noProxy]) => {
  expect(chosen(server, { HTTPS_PROXY: proxy, NO_PROXY: noProxy })).toBe(`${proxy}/`)
})

test('of a kind that we do not speak to is an error that hides its password', () => {
  expect(() => chosen('https://api', {}, 'socks5://user:secret@proxy')).toThrow(/proxy-url .*socks5:\/\/…@proxy/)
})
