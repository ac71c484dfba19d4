import * as OclifArgs from '@oclif/core/args'
import * as OclifFlags from '@oclif/core/flags'
import { expect, test } from 'vitest'
import * as Flags from '../../src/flags/define.ts'
import * as Args from '../../src/flags/define-args.ts'

const parse = expect.any(Function)

test('flags and arguments are what oclif would make of them', () => {
  const given = { char: 'n', summary: 'A name.', helpValue: 'NAME' } as const
  expect(Flags.string(given)).toEqual({ ...OclifFlags.string(given), parse })
  const many = { multiple: true, multipleNonGreedy: true } as const
  expect(Flags.string(many)).toEqual({ ...OclifFlags.string(many), parse })
  expect(Flags.integer({ min: 1, default: 5 })).toEqual({ ...OclifFlags.integer({ min: 1, default: 5 }), parse })
  const choice = { options: ['a', 'b'] as const, default: 'a' as const }
  expect(Flags.option(choice)()).toEqual({ ...OclifFlags.option(choice)(), parse })
  const own = { parse: async () => 1, helpValue: 'N' }
  expect(Flags.custom<number>(own)({ char: 'x' })).toEqual(OclifFlags.custom<number>(own)({ char: 'x' }))
  for (const boolean of [{}, { allowNo: true, default: true }]) {
    expect(Flags.boolean(boolean)).toEqual({ ...OclifFlags.boolean(boolean), parse })
  }
  const arg = { required: true, ignoreStdin: true, description: 'The name.' }
  expect(Args.string(arg)).toEqual({ ...OclifArgs.string(arg), parse })
})
