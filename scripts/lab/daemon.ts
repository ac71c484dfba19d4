import { spawn } from 'node:child_process'
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { needsRuncWrapper } from './capability.ts'
import { LabError } from './errors.ts'
import type { Folder } from './folder.ts'
import { bridgesOf, ensureIdleBridge, ensureNodeNetwork, removeNetwork } from './network.ts'
import type { Shell } from './shell.ts'
import { until } from './until.ts'

/** The DOCKER_HOST of the daemon that the lab starts. */
export function dockerHost(folder: Folder): string {
  return `unix://${join(folder.run, 'docker.sock')}`
}

/** Whether the daemon and the containerd behind it answer. */
export async function daemonAnswers(folder: Folder): Promise<boolean> {
  return (await dockerAnswers(folder)) && (await containerdAnswers(folder))
}

/**
 * Starts the lab's docker daemon, apart from any other: data, sockets, bridges and containerd of its own. It
 * outlives this process. One that runs is left running; after a crash the new one finds its containers stopped.
 * @param docker a shell whose docker command reaches that daemon
 * @throws {LabError} it ended or did not answer within a minute
 */
export async function startDaemon(folder: Folder, docker: Shell): Promise<void> {
  await mkdir(folder.docker, { recursive: true })
  await mkdir(folder.run, { recursive: true, mode: 0o700 })
  const bridges = bridgesOf(folder.id)
  await ensureIdleBridge(docker, bridges)
  if (!(await containerdAnswers(folder))) {
    const config = join(folder.run, 'containerd.toml')
    await writeFile(config, containerdConfig(folder))
    await launch(folder, 'containerd', ['--config', config], () => containerdAnswers(folder))
  }
  if (!(await dockerAnswers(folder))) {
    await rm(join(folder.run, 'docker.pid'), { force: true })
    await launch(folder, 'dockerd', await dockerdArguments(folder, bridges.idle), () => dockerAnswers(folder))
  }
  await ensureNodeNetwork(docker, bridges)
}

/** Ends the daemon and its containerd, and takes away its bridges and rules. */
export async function stopDaemon(folder: Folder, shell: Shell): Promise<void> {
  for (const name of ['docker', 'containerd']) {
    const pid = Number(await readFile(join(folder.run, `${name}.pid`), 'utf8').catch(() => ''))
    if (!pid || !(await belongs(pid, folder))) continue
    process.kill(pid, 'SIGTERM')
    await until(async () => ((await belongs(pid, folder)) ? undefined : true), 30_000)
  }
  await removeNetwork(shell, bridgesOf(folder.id))
}

async function dockerdArguments(folder: Folder, bridge: string): Promise<string[]> {
  const runtime = ['--add-runtime', `lab=${join(folder.programs, 'runc')}`, '--default-runtime', 'lab']
  return [
    ...['--data-root', folder.docker, '--exec-root', folder.run, '--pidfile', join(folder.run, 'docker.pid')],
    ...['-H', dockerHost(folder), '--containerd', join(folder.run, 'containerd.sock')],
    ...['--bridge', bridge, '--iptables=false', '--default-cgroupns-mode', 'private'],
    ...((await needsRuncWrapper()) ? runtime : []),
  ]
}

function containerdConfig(folder: Folder): string {
  return `version = 2
root = "${join(folder.root, 'containerd')}"
state = "${join(folder.run, 'containerd')}"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "${join(folder.run, 'containerd.sock')}"
`
}

/** Starts a program in a session of its own and waits until it answers; its output goes to `<logs>/<program>.log`. */
async function launch(folder: Folder, program: string, args: string[], answers: () => Promise<boolean>): Promise<void> {
  const log = join(folder.logs, `${program}.log`)
  const output = await open(log, 'w')
  const child = spawn(program, args, { detached: true, stdio: ['ignore', output.fd, output.fd], cwd: '/' })
  let ended: string | undefined
  child.on('error', (error) => {
    ended = error.message
  })
  child.on('exit', (code, signal) => {
    ended = `it ended with ${signal ?? `exit code ${code}`}`
  })
  const answered = await until(async () => ((await answers()) || ended ? true : undefined), 60_000)
  await output.close()
  child.unref()
  if (ended || !answered) {
    const tail = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-20).join('\n')
    throw new LabError(`${program} ${ended ?? 'did not answer within a minute'}\n${tail}\nAll of its output: ${log}`)
  }
  if (program === 'containerd') await writeFile(join(folder.run, 'containerd.pid'), String(child.pid))
}

function dockerAnswers(folder: Folder): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath: join(folder.run, 'docker.sock'), path: '/_ping', timeout: 5000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ping.on('timeout', () => ping.destroy())
    ping.on('error', () => resolve(false))
    ping.end()
  })
}

function containerdAnswers(folder: Folder): Promise<boolean> {
  const socket = connect(join(folder.run, 'containerd.sock'))
  return new Promise((resolve) => {
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

/** Whether the process runs and is of this lab, told by its command line. */
async function belongs(pid: number, folder: Folder): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes(folder.run)
}
