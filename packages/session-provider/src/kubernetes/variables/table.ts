import type { VariableSettings } from '../options.ts'
import { connection } from './connection.ts'
import { container } from './container.ts'
import { scheduling } from './scheduling.ts'
import { services } from './services.ts'
import type { Variable } from './variable.ts'
import { workspace } from './workspace.ts'

export type Variables = { readonly [K in keyof VariableSettings]: Variable<VariableSettings[K]> }

/** Every GC_K8S_* variable that is read, by the option that says the same. */
export const variables: Variables = { ...connection, ...container, ...workspace, ...scheduling, ...services }
