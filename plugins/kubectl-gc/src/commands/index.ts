import type { GcCommandClass } from '../command.ts'
import Attach from './attach.ts'
import BrokerStatus from './broker/status.ts'
import BrokerStop from './broker/stop.ts'
import CityDiff from './city/diff.ts'
import CompletionInstall from './completion/install.ts'
import Completion from './completion.ts'
import ControllerDeploy from './controller/deploy.ts'
import ControllerLogs from './controller/logs.ts'
import ControllerStatus from './controller/status.ts'
import ControllerStop from './controller/stop.ts'
import Cp from './cp.ts'
import Diff from './diff.ts'
import Doctor from './doctor.ts'
import DoltBackup from './dolt/backup.ts'
import DoltForward from './dolt/forward.ts'
import DoltRestore from './dolt/restore.ts'
import DoltSql from './dolt/sql.ts'
import Down from './down.ts'
import Exec from './exec.ts'
import Explain from './explain.ts'
import Install from './install.ts'
import Interrupt from './interrupt.ts'
import List from './list.ts'
import Logs from './logs.ts'
import MetaGet from './meta/get.ts'
import MetaList from './meta/list.ts'
import MetaRm from './meta/rm.ts'
import MetaSet from './meta/set.ts'
import Nudge from './nudge.ts'
import Options from './options.ts'
import Peek from './peek.ts'
import Render from './render.ts'
import Report from './report.ts'
import Restart from './restart.ts'
import SecretsStatus from './secrets/status.ts'
import SecretsSync from './secrets/sync.ts'
import SendKeys from './send-keys.ts'
import Start from './start.ts'
import Status from './status.ts'
import Stop from './stop.ts'
import Top from './top.ts'
import Uninstall from './uninstall.ts'
import Up from './up.ts'
import Upgrade from './upgrade.ts'
import Version from './version.ts'
import Wait from './wait.ts'

/**
 * Every command by its id, in the order of the help. What is written down of them follows by
 * `vitest run --project unit plugins/kubectl-gc --update`.
 */
export const commands: Record<string, GcCommandClass> = {
  start: Start,
  stop: Stop,
  restart: Restart,
  list: List,
  status: Status,
  top: Top,
  attach: Attach,
  peek: Peek,
  nudge: Nudge,
  interrupt: Interrupt,
  'send-keys': SendKeys,
  wait: Wait,
  logs: Logs,
  exec: Exec,
  cp: Cp,
  'meta:get': MetaGet,
  'meta:set': MetaSet,
  'meta:rm': MetaRm,
  'meta:list': MetaList,
  up: Up,
  down: Down,
  'city:diff': CityDiff,
  render: Render,
  'dolt:sql': DoltSql,
  'dolt:forward': DoltForward,
  'dolt:backup': DoltBackup,
  'dolt:restore': DoltRestore,
  'secrets:sync': SecretsSync,
  'secrets:status': SecretsStatus,
  'controller:deploy': ControllerDeploy,
  'controller:status': ControllerStatus,
  'controller:logs': ControllerLogs,
  'controller:stop': ControllerStop,
  'broker:status': BrokerStatus,
  'broker:stop': BrokerStop,
  install: Install,
  upgrade: Upgrade,
  diff: Diff,
  uninstall: Uninstall,
  completion: Completion,
  'completion:install': CompletionInstall,
  doctor: Doctor,
  report: Report,
  explain: Explain,
  options: Options,
  version: Version,
}
