#compdef mesh
# Completion of mesh for zsh: source <(mesh completion zsh), or save it as _mesh in a folder of $fpath.
_mesh() {
  local -a candidates
  candidates=("${(@f)$(mesh complete -- "${(j: :)words[1,CURRENT-1]} ${PREFIX}" 2>/dev/null)}")
  candidates=(${candidates:#})
  if (( ${#candidates} )); then
    compadd -- "${candidates[@]}"
  else
    _files
  fi
}
compdef _mesh mesh
