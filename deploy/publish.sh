#!/usr/bin/env bash
# Publishes what the images hold: OUT/gateway, OUT/registry and in it, at backends/, every plugin of this repository.
# deploy/Dockerfile runs exactly this; run it by hand to have the same files without a container.
set -euo pipefail
out=$(mkdir -p "${1:?usage: deploy/publish.sh OUT}" && cd "$1" && pwd)
cd "$(dirname "$0")/.."

flags=(--configuration Release --nologo -v:quiet -p:UseAppHost=false -p:PublishDocumentationFiles=false -p:DebugType=none)
dotnet publish ModelMesh.Gateway "${flags[@]}" --output "$out/gateway"
dotnet publish ModelMesh.Registry "${flags[@]}" --output "$out/registry"
for project in backends/ModelMesh.Backends.*/*.csproj; do
  # A plugin puts its own folder there when it is built; what is no plugin puts nothing.
  dotnet build "$project" --configuration Release --nologo -v:quiet -p:DebugType=none "-p:PluginRoot=$out/registry/backends/"
done

# A mount point for plugins of others.
mkdir -p "$out/plugins"
