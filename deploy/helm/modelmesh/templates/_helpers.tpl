{{- define "modelmesh.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "modelmesh.selectors" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{- define "modelmesh.labels" -}}
{{ include "modelmesh.selectors" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "modelmesh.image" -}}
{{ printf "%s/modelmesh-%s:%s" .root.Values.image.registry .part (default .root.Chart.AppVersion .root.Values.image.tag) }}
{{- end -}}

{{- define "modelmesh.serviceAccount" -}}
{{- $account := (index .root.Values .part).serviceAccount -}}
{{- if $account.create -}}
{{ default (printf "%s-%s" (include "modelmesh.fullname" .root) .part) $account.name }}
{{- else -}}
{{ default "default" $account.name }}
{{- end -}}
{{- end -}}

{{- define "modelmesh.checks" -}}
{{- $own := or .Values.store.connectionString .Values.store.existingSecret -}}
{{- if and .Values.redis.enabled $own -}}
{{- fail "redis.enabled is true and store names another one: set redis.enabled=false, or take store.connectionString and store.existingSecret away" -}}
{{- end -}}
{{- if not (or .Values.redis.enabled $own) -}}
{{- fail "there is no store: set redis.enabled=true, store.connectionString or store.existingSecret" -}}
{{- end -}}
{{- if and $own .Values.networkPolicy.enabled (not .Values.networkPolicy.extraEgress) -}}
{{- fail "networkPolicy.enabled is true and the store is outside this release: allow it in networkPolicy.extraEgress, or set networkPolicy.enabled=false" -}}
{{- end -}}
{{- if and .Values.telemetry.otlpEndpoint .Values.networkPolicy.enabled (not .Values.networkPolicy.extraEgress) -}}
{{- fail "networkPolicy.enabled is true and telemetry.otlpEndpoint is outside this release: allow it in networkPolicy.extraEgress, or set networkPolicy.enabled=false" -}}
{{- end -}}
{{- end -}}

{{/* What both services are started with. */}}
{{- define "modelmesh.env" -}}
- name: ConnectionStrings__redis
{{- if .root.Values.store.existingSecret }}
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.store.existingSecret }}
      key: {{ .root.Values.store.existingSecretKey }}
{{- else if .root.Values.redis.enabled }}
  value: {{ printf "%s-redis:6379" (include "modelmesh.fullname" .root) | quote }}
{{- else }}
  value: {{ .root.Values.store.connectionString | quote }}
{{- end }}
- name: Store__KeyPrefix
  value: {{ .root.Values.store.keyPrefix | quote }}
- name: Listen__Host
  value: "*"
- name: Shutdown__Delay
  value: {{ include "modelmesh.time" .root.Values.shutdown.delaySeconds | quote }}
- name: Shutdown__Grace
  value: {{ include "modelmesh.time" .root.Values.shutdown.graceSeconds | quote }}
- name: OTEL_SERVICE_NAME
  value: {{ .part }}
{{- with .root.Values.telemetry.otlpEndpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
{{- range $name, $value := (index .root.Values .part).env }}
- name: {{ $name }}
  {{- /* A number of values.yaml is a float, of which quote alone makes 1e+06. */}}
  value: {{ ternary $value (toJson $value) (kindIs "string" $value) | quote }}
{{- end }}
{{- with (index .root.Values .part).extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Seconds as hh:mm:ss. */}}
{{- define "modelmesh.time" -}}
{{- $seconds := int . -}}
{{- printf "%02d:%02d:%02d" (div $seconds 3600) (div (mod $seconds 3600) 60) (mod $seconds 60) -}}
{{- end -}}

{{/* Streams have to be able to end: the delay, the grace, and what is left to do after them. */}}
{{- define "modelmesh.terminationGrace" -}}
{{ add (int .Values.shutdown.delaySeconds) (int .Values.shutdown.graceSeconds) 20 }}
{{- end -}}

{{- define "modelmesh.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "modelmesh.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Ready is /health, which fails from SIGTERM on, and until the store was there; alive is /alive, which never fails for what others do, so nobody is restarted for them. */}}
{{- define "modelmesh.probes" -}}
startupProbe:
  httpGet: {path: /alive, port: http}
  periodSeconds: 2
  timeoutSeconds: 3
  failureThreshold: 60
readinessProbe:
  httpGet: {path: /health, port: http}
  periodSeconds: 3
  timeoutSeconds: 3
  failureThreshold: 1
livenessProbe:
  httpGet: {path: /alive, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end -}}

{{- define "modelmesh.placement" -}}
{{- $part := index .root.Values .part -}}
{{- if .root.Values.topologySpread.enabled }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: {{ .root.Values.topologySpread.topologyKey }}
    whenUnsatisfiable: {{ .root.Values.topologySpread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "modelmesh.selectors" . | nindent 8 }}
{{- end }}
{{- with $part.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $part.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $part.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "modelmesh.autoscaler" -}}
{{- $scale := (index .root.Values .part).autoscaling -}}
{{- $name := printf "%s-%s" (include "modelmesh.fullname" .root) .part -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  labels:
    {{- include "modelmesh.labels" . | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ $name }}
  minReplicas: {{ $scale.minReplicas }}
  maxReplicas: {{ $scale.maxReplicas }}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: {{ $scale.scaleDownWindowSeconds }}
      policies:
        - type: Pods
          value: 1
          periodSeconds: 60
  metrics:
    {{- with $scale.targetInFlight }}
    - type: Pods
      pods:
        metric:
          name: {{ $.metric }}
        target:
          type: AverageValue
          averageValue: {{ . | quote }}
    {{- end }}
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ $scale.targetCpuPercent }}
{{- end -}}

{{- define "modelmesh.disruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "modelmesh.fullname" .root }}-{{ .part }}
  labels:
    {{- include "modelmesh.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ (index .root.Values .part).podDisruptionBudget.maxUnavailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "modelmesh.selectors" . | nindent 6 }}
{{- end -}}

{{- define "modelmesh.serviceAccountManifest" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "modelmesh.serviceAccount" . }}
  labels:
    {{- include "modelmesh.labels" . | nindent 4 }}
  {{- with (index .root.Values .part).serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end -}}
