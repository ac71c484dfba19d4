import { type Check, failed, ok, skipped, warning } from '../check.ts'

/** Seconds: within these, an answer's way and its rounding explain the difference. */
const noticeable = 5
/** Seconds from which ages are wrong, and tokens may be refused. */
const harmful = 60

/** Whether this machine and the API server agree on the time. */
export const clock: Check = {
  name: 'clock',
  async look({ cluster: { client }, now, signal }) {
    const before = now().getTime()
    const time = await client.serverTime({ signal })
    if (time === undefined) return skipped('the API server does not say what time it is')
    const middle = (before + now().getTime()) / 2
    const seconds = Math.round((middle - time.getTime()) / 1000)
    if (Math.abs(seconds) < noticeable) return ok('this machine and the API server agree')
    const message = `this machine is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the API server`
    const fix = 'synchronise the clock that is wrong: timedatectl set-ntp true'
    return Math.abs(seconds) < harmful ? warning(message, fix) : failed(message, fix)
  },
}
