/** The lab for other scripts and tests; for people there is main.ts. */
export { type DownOptions, down } from './down.ts'
export { LabError } from './errors.ts'
export { labFolder } from './folder.ts'
export { buildImage, loadImages } from './image.ts'
export type { Lab } from './lab.ts'
export type { Mode } from './mode.ts'
export { type UpOptions, up } from './up.ts'
