import { z } from 'zod'
import type { Namespace } from './kubernetes.ts'
import type { KubernetesObject } from './objects.ts'
import { type Release, symbolicRelease } from './release.ts'
import { plain } from './template/expression.ts'
import { reference, type Schema, type Template } from './template/reference.ts'

/** What a file holds: an object, or several in the order of application, some of them under conditions. */
type FileContents = KubernetesObject | KubernetesObject[]

/** The source of a bundle. */
interface Definition<Values extends z.ZodObject> {
  /** Also the name of its chart, and of an installation by other tools than Helm. */
  name: string
  description: string
  /** Version of the bundle; its chart's. */
  version: string
  /** The namespace to install into when none is named. */
  defaultNamespace: string
  /** Every value has a default and a description; what must be given has an empty one and is `required`. */
  values: Values
  /** The namespace object, for bundles that own theirs. A chart has none: `helm install --create-namespace` makes it. */
  namespace?(values: Template<z.output<Values>>, release: Release): Namespace
  /** Objects by the name of the file that holds them, in the order of application. */
  files(values: Template<z.output<Values>>, release: Release): Record<string, FileContents>
  /** Lines that tell who has just installed it what to do next. */
  notes(values: Template<z.output<Values>>, release: Release): string[]
  /** What must be given, for a bundle that cannot be installed without: `manifests/` is rendered with it. */
  example?: z.input<Values>
  /** Variants, each described by the values that make it: overlays of the Kustomize form, values files of the chart. */
  overlays?: Record<string, { description: string; values: z.input<Values> }>
  /** Files that go with its YAML, such as examples, by their names. */
  extras?: Record<string, string>
  /** More definitions for the chart's helpers, as Go templates. */
  helpers?: string
}

/** A bundle: values, and templates that any renderer can render. */
export interface Bundle<Values extends z.ZodObject = z.ZodObject>
  extends Omit<Definition<Values>, 'namespace' | 'files' | 'notes'> {
  /** JSON schema of the values with every default filled in. */
  schema: Schema
  /** Templates, as plain data. */
  namespaceFile: Record<string, unknown>
  files: Record<string, unknown>
  notes: string[]
}

/**
 * Makes a bundle of its source. Its functions are called here, once, with references in place of values; the
 * renderers work on what comes out, so every form has the same source by construction.
 */
export function defineBundle<Values extends z.ZodObject>(definition: Definition<Values>): Bundle<Values> {
  const schema = z.toJSONSchema(definition.values, { io: 'output', target: 'draft-7' }) as Schema
  const values = reference<z.output<Values>>(schema, { path: [] })
  const release = symbolicRelease(definition.version)
  const namespace = definition.namespace?.(values, release)
  return {
    ...definition,
    schema,
    namespaceFile: namespace === undefined ? {} : { 'namespace.yaml': plain(namespace) },
    files: plain(definition.files(values, release)),
    notes: plain(definition.notes(values, release)),
  }
}
