/**
 * A folder for what a script makes, in `$work`: on the backups' volume where the server has one, which is as large as
 * the data are, else in its temporary files. It goes with the script, and with the next one after that if need be.
 * Ends when the data may not fit.
 */
export const workFolder = `base=/tmp
if [ -d /backups ] && [ -w /backups ]; then base=/backups; fi
find "$base" -maxdepth 1 -name '.gc-work-*' -mmin +1440 -exec rm -rf {} +
room=$(df -Pk "$base" | awk 'NR == 2 { print $4 }')
needed=$(du -sk /var/lib/dolt | awk '{ print $1 }')
if [ "$needed" -gt "$room" ]; then
  echo "$base in Dolt's pod has room for $((room / 1024)) MiB, and the databases take up to $((needed / 1024)) MiB" >&2
  exit 1
fi
work=$(mktemp -d "$base/.gc-work-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
`

/** What tells one state of a database from another: its branches, and what is not committed. */
const state = `SELECT name, hash FROM dolt_branches UNION ALL SELECT '', dolt_hashof_db() ORDER BY 1`

/** `facts NAME` prints the state of a database; `$state` is the query for it. */
export const facts = `state="${state}"
facts() { q --use-db "$1" sql -r csv -q "$state"; }
`
