import { BlockList, isIP, isIPv4 } from 'node:net'
import { ConfigError } from '../errors.ts'

/**
 * The proxy on the way to `server`: the kubeconfig's `proxy-url`, else `HTTPS_PROXY` or `HTTP_PROXY` unless `NO_PROXY`
 * or loopback exempts the server.
 * @throws {ConfigError} the proxy's URL is unusable; only http and https proxies are spoken to
 */
export function proxyFor(server: URL, env: NodeJS.ProcessEnv, configured?: string): URL | undefined {
  if (configured) return proxyUrl(configured, 'proxy-url')
  const variable = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const value = env[variable] || env[variable.toLowerCase()]
  if (!value || exempt(server, env.NO_PROXY || env.no_proxy || '')) return undefined
  return proxyUrl(value.includes('://') ? value : `http://${value}`, variable)
}

function proxyUrl(text: string, origin: string): URL {
  const url = URL.parse(text)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new ConfigError(`${origin} is not the URL of an http or https proxy: ${text.replace(/\/\/.*@/, '//…@')}`)
}

function exempt(server: URL, noProxy: string): boolean {
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (host === 'localhost' || host === '::1' || /^127\./.test(host)) return true
  const port = server.port || (server.protocol === 'https:' ? '443' : '80')
  return noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && covers(entry, host, port))
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  if (entry.includes('/')) return inNetwork(entry, host)
  if (isIP(entry)) return entry === host
  const [, name = entry, entryPort] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(entry) ?? []
  if (entryPort !== undefined && entryPort !== port) return false
  const domain = name.replace(/^\*?\./, '')
  return (name === domain && host === domain) || host.endsWith(`.${domain}`)
}

function inNetwork(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/')
  if (!isIP(host) || !isIP(network) || isIPv4(host) !== isIPv4(network) || !/^\d+$/.test(bits)) return false
  if (Number(bits) > (isIPv4(network) ? 32 : 128)) return false
  const family = isIPv4(host) ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(network, Number(bits), family)
  return list.check(host, family)
}
