# Completion of mesh for fish: mesh completion fish > ~/.config/fish/completions/mesh.fish
function __mesh_complete
    mesh complete -- (commandline -cp | string collect) 2>/dev/null
end
complete -c mesh -f -a '(__mesh_complete)'
complete -c mesh -s f -l file -r -F
