{{/* The chart's name. */}}
{{- define "gitlab-copilot-agent.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The stem of the names of all objects: at most 63 characters. */}}
{{- define "gitlab-copilot-agent.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "gitlab-copilot-agent.labels" -}}
{{ include "gitlab-copilot-agent.selectorLabels" . }}
app.kubernetes.io/version: 0.1.0
app.kubernetes.io/part-of: kubectl-gc
{{- end }}

{{- define "gitlab-copilot-agent.selectorLabels" -}}
app.kubernetes.io/name: {{ include "gitlab-copilot-agent.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/* What is given, or else what the release's own object has under the key, unless that is not to be kept. */}}
{{- define "gitlab-copilot-agent.kept" -}}
{{- $root := index . 0 -}}
{{- $kind := index . 1 -}}
{{- $value := index . 4 -}}
{{- if $value -}}
{{- $value -}}
{{- else if $root.Values.keepValues -}}
{{- $object := lookup "v1" $kind $root.Release.Namespace (index . 2) -}}
{{- if eq $root.Release.Name (dig "metadata" "annotations" "meta.helm.sh/release-name" "" $object) -}}
{{- $found := dig "data" (index . 3) "" $object -}}
{{- ternary (b64dec $found) $found (eq $kind "Secret") -}}
{{- end -}}
{{- end -}}
{{- end }}
