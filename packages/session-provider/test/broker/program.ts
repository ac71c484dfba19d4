import { main } from '../../src/exec-provider/main.ts'

process.exit(await main(process.argv.slice(2)))
