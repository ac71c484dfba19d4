import { takeLock } from '../lock.ts'

// Takes the lock of the id on the command line, says so, and keeps it until it is killed.
const lock = await takeLock(process.argv[2] ?? '', () => undefined)
lock.announce('node image')
console.log('held')
