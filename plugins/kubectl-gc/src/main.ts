import { processRuntime } from './process-runtime.ts'
import { run } from './run.ts'

const { stdout, stderr } = process
const exitCode = await run(process.argv.slice(2), processRuntime())

/** A pipe may still hold output: leave once it is written, whatever sockets are open. */
stdout.write('', () => stderr.write('', () => process.exit(exitCode)))
