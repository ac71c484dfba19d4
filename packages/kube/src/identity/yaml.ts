// A module of its own, so that it loads only for a kubeconfig in YAML, and with its names intact in a bundle.
export { parse } from 'yaml'
