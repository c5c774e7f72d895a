# Completion of mesh for bash: source <(mesh completion bash)
_mesh() {
  local line="${COMP_LINE:0:COMP_POINT}" word prefix="" upto sign candidate
  word="${line##*[[:space:]]}"
  # bash cuts words at these signs and replaces only what stands after the last of them; an @ is replaced too.
  for sign in : = @; do
    if [[ $COMP_WORDBREAKS == *"$sign"* && $word == *"$sign"* ]]; then
      upto="${word%"$sign"*}"
      [[ $sign == @ ]] || upto+="$sign"
      [[ ${#upto} -gt ${#prefix} ]] && prefix="$upto"
    fi
  done
  COMPREPLY=()
  while IFS= read -r candidate; do
    # A name is a word whatever stands in it: it must not run as a command.
    printf -v candidate %q "${candidate#"$prefix"}"
    COMPREPLY+=("$candidate")
  done < <(mesh complete -- "$line" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -o default -F _mesh mesh
