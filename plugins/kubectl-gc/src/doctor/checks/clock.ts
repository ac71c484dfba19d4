import { type Check, failed, ok, skipped, warning } from '../check.ts'

/** Seconds: within these and half of the time that the answer took, its way and its rounding explain the difference. */
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
    const after = now().getTime()
    const seconds = Math.round(((before + after) / 2 - time.getTime()) / 1000)
    const unsure = (after - before) / 2000
    if (Math.abs(seconds) < noticeable + unsure) return ok('this machine and the API server agree')
    const message = `this machine is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the API server`
    const fix = 'synchronise the clock that is wrong: timedatectl set-ntp true'
    return Math.abs(seconds) < harmful ? warning(message, fix) : failed(message, fix)
  },
}
