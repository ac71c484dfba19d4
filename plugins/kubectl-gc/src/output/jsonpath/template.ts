/** One step of a path: what it makes of each value that the steps before it have found. */
export type Step =
  | { type: 'field'; name: string }
  | { type: 'wildcard' }
  | { type: 'recursive' }
  | Slice
  | { type: 'union'; paths: Step[][] }
  | Filter
  | { type: 'literal'; value: string }
  | { type: 'constant'; value: number | boolean }

/** `[from:to:by]`; negative positions count from the end. */
export interface Slice {
  type: 'slice'
  from: number | undefined
  to: number | undefined
  by: number | undefined
  /** Whether `to` was not written, but follows from `from`: the slice has one element. */
  single: boolean
}

/** `[?(left operator right)]`, or `[?(left)]`, which asks whether there is such a thing. */
export interface Filter {
  type: 'filter'
  left: Step[]
  compare: { operator: string; right: Step[] } | undefined
}

/** A part of a template, in order: what it prints, or what it repeats for each value that a path finds. */
export type Part = { type: 'print'; path: Step[] } | { type: 'range'; path: Step[]; body: Part[] }

/** A JSONPath that cannot be read, or not be carried out; worded as kubectl words it. */
export class JsonPathError extends Error {}
