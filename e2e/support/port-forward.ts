import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/**
 * The answer to one request through `kubectl port-forward`.
 * @param args of port-forward; the local port is left to kubectl
 */
export async function asked(args: string[], path: string): Promise<Response> {
  const child = spawn('kubectl', ['port-forward', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [line] = (await once(createInterface(child.stdout), 'line', { signal: AbortSignal.timeout(60_000) })) as [
      string,
    ]
    const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1]
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(60_000) })
    return new Response(await response.text(), response)
  } finally {
    child.kill()
  }
}
