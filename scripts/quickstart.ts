import { parseArgs } from 'node:util'
import { collect } from './suites/suite.ts'

const { values } = parseArgs({
  options: {
    context: { type: 'string' },
    'install-docker': { type: 'boolean', default: false },
    down: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

if (values.help) {
  console.log(`./scripts/quickstart [--context NAME] [--install-docker] [--down]

From a fresh clone to a running agent session: installs, builds, brings a cluster up, starts the session "mayor".

  --context NAME     use this context of your kubeconfig instead of a cluster of its own
  --install-docker   as root on Debian: install docker where it is missing
  --down             remove everything that it made`)
} else {
  await step('packages', 'pnpm', 'install', '--frozen-lockfile', '--prefer-offline')
  await step('build', 'pnpm', 'build')
  const { takeDown, walkThrough } = await import('./suites/walk-through.ts')
  const context = values.context === undefined ? {} : { context: values.context }
  await (values.down ? takeDown(context) : walkThrough({ ...context, installDocker: values['install-docker'] }))
}

async function step(name: string, program: string, ...args: string[]): Promise<void> {
  const started = performance.now()
  const { exitCode, output } = await collect(program, args)
  console.error(`${name} ... ${((performance.now() - started) / 1000).toFixed(1)} s`)
  if (exitCode === 0) return
  process.stderr.write(output)
  console.error(
    `error: "${program} ${args.join(' ')}" failed\nTry: read its output above, mend it, and run this again: it goes on where it stopped`,
  )
  process.exit(1)
}
