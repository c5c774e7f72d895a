using ModelMesh.Backends.Sdk;
using ModelMesh.ServiceDefaults.Lifetimes;

namespace ModelMesh.Registry.Plugins;

/// <summary>
/// One loaded build of a plugin. It is used by the host while it is the current build of its folder, and by every backend made from it; when the
/// last of them lets go, its context unloads and its copy is deleted. Thread-safe.
/// </summary>
internal sealed class PluginBuild(PluginLoadContext context, IBackendFactory factory, string copy, string folderName, string version)
{
    private readonly UseCount _uses = new();
    private PluginLoadContext? _context = context;
    private IBackendFactory? _factory = factory;

    public string Type { get; } = factory.Type;

    public string FolderName { get; } = folderName;

    public string Version { get; } = version;

    /// <summary>Called once, on any thread, as soon as nobody uses it any more. Set before its folder lets go of it.</summary>
    public Action? Unloaded { get; set; }

    /// <summary>Makes a backend. Only while a use is held.</summary>
    public IBackend Create(BackendSettings settings, IServiceProvider services) => _factory!.Create(settings, services);

    /// <summary>Takes one more use; false when the build is being unloaded.</summary>
    public bool TryUse() => _uses.TryAdd();

    public void Release()
    {
        if (_uses.Release())
        {
            Unload();
        }
    }

    private void Unload()
    {
        // The context can only be collected when nothing here leads into it any more.
        _factory = null;
        _context!.Unload();
        _context = null;
        ShadowCopies.Delete(copy);
        Unloaded?.Invoke();
    }
}
