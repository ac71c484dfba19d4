import type { Client, CreateOptions, DeleteOptions, KubernetesObject, ObjectName, Resource } from '@kubectl-gc/kube'
import type { Pod } from '@kubectl-gc/manifests/kubernetes'
import { pods } from '../kubernetes/cluster.ts'

/** Told of what this process itself does to pods, in the API server's words. */
export interface PodObserver {
  created(pod: Pod): void
  deleted(name: ObjectName, uid: string): void
}

/** A client that tells of its own writes. */
export function observed(client: Client, observer: PodObserver): Client {
  return {
    server: client.server,
    context: client.context,
    namespace: client.namespace,
    get: (...call) => client.get(...call),
    list: (...call) => client.list(...call),
    patch: (...call) => client.patch(...call),
    apply: (...call) => client.apply(...call),
    resourceOf: (...call) => client.resourceOf(...call),
    watch: (...call) => client.watch(...call),
    exec: (...call) => client.exec(...call),
    portForward: (...call) => client.portForward(...call),
    logs: (...call) => client.logs(...call),
    raw: (...call) => client.raw(...call),
    serverTime: (...call) => client.serverTime(...call),
    close: () => client.close(),
    [Symbol.asyncDispose]: () => client.close(),
    async create<T extends KubernetesObject>(resource: Resource<T>, object: T, options?: CreateOptions): Promise<T> {
      const made = await client.create(resource, object, options)
      if (isPods(resource)) observer.created(made as unknown as Pod)
      return made
    },
    async delete(resource: Resource, name: ObjectName, options: DeleteOptions = {}): Promise<boolean> {
      const wasThere = await client.delete(resource, name, options)
      if (isPods(resource) && options.uid !== undefined) observer.deleted(name, options.uid)
      return wasThere
    },
  }
}

function isPods(resource: Resource<never> | Resource): boolean {
  return resource === (pods as unknown)
}
