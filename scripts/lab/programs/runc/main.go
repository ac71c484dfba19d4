// Command runc stands in front of the real runc where containers cannot have CAP_SYS_RESOURCE. It takes out of
// the OCI documents that it is handed what only that capability allows, then becomes the real runc.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

func main() {
	bundle, process := documents(os.Args[1:])
	if bundle != "" {
		edit(filepath.Join(bundle, "config.json"), func(config map[string]any) {
			if process, ok := config["process"].(map[string]any); ok {
				relax(process)
			}
		})
	}
	if process != "" {
		edit(process, relax)
	}
	real, err := realRunc()
	if err == nil {
		err = syscall.Exec(real, append([]string{real}, os.Args[1:]...), os.Environ())
	}
	fmt.Fprintln(os.Stderr, "runc wrapper:", err)
	os.Exit(1)
}

// documents finds the bundle of `create` and `run` and the process file of `exec`, written `--flag value` or `--flag=value`.
func documents(args []string) (bundle, process string) {
	for i, arg := range args {
		flag, value, joined := strings.Cut(arg, "=")
		if !joined && i+1 < len(args) {
			value = args[i+1]
		}
		switch flag {
		case "-b", "--bundle":
			bundle = value
		case "-p", "--process":
			process = value
		}
	}
	return bundle, process
}

// edit changes a JSON document in place. One that is missing or broken is left for runc to complain about.
func edit(path string, change func(map[string]any)) {
	text, err := os.ReadFile(path)
	if err != nil {
		return
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // 64-bit numbers of the document must survive
	var document map[string]any
	if decoder.Decode(&document) != nil {
		return
	}
	change(document)
	if text, err = json.Marshal(document); err == nil {
		_ = os.WriteFile(path, text, 0o600)
	}
}

// relax removes the capability itself, resource limits, and priority over other processes in an out-of-memory kill.
func relax(process map[string]any) {
	delete(process, "rlimits")
	if score, ok := process["oomScoreAdj"].(json.Number); ok && strings.HasPrefix(score.String(), "-") {
		process["oomScoreAdj"] = 0
	}
	sets, _ := process["capabilities"].(map[string]any)
	for name, value := range sets {
		if list, ok := value.([]any); ok {
			sets[name] = slices.DeleteFunc(list, func(capability any) bool { return capability == "CAP_SYS_RESOURCE" })
		}
	}
}

// realRunc is the first runc of the usual places that is not this program.
func realRunc() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	for _, path := range []string{"/usr/sbin/runc", "/usr/bin/runc", "/usr/local/sbin/runc", "/usr/local/bin/runc"} {
		if _, err := os.Stat(path); err == nil && path != self {
			return path, nil
		}
	}
	return "", fmt.Errorf("no runc in /usr/sbin, /usr/bin, /usr/local/sbin or /usr/local/bin")
}
