import { base64, when } from '../template/combinators.ts'

type Settings = Record<string, string>

/** Each under the condition that it is not empty. */
export function given(settings: Settings, as = (value: string) => value): Settings {
  return Object.assign({}, ...Object.entries(settings).map(([key, value]) => when(value, { [key]: as(value) })))
}

/** Each as `data` of a Secret has it. */
export function encoded(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, base64(value)]))
}
