using System.Globalization;

namespace ModelMesh.Registry.Plugins;

/// <summary>
/// The temporary directory of one process that plugins are loaded from, so that the originals can be overwritten. It is the process's own user's
/// alone, for code is loaded from it. A locked file marks it as in use; what processes that were killed left behind is swept at the next start.
/// </summary>
internal sealed class ShadowCopies : IDisposable
{
    private const string HomePrefix = "modelmesh-plugins-";
    private const string LockName = "in-use";

    private readonly string _home;
    private readonly FileStream _lock;
    private int _copies;

    public ShadowCopies()
    {
        // Homes have no parent of ours: the first user of a machine would own it, and no other could make a home in it.
        _home = Directory.CreateTempSubdirectory(HomePrefix).FullName;
        _lock = new FileStream(Path.Combine(_home, LockName), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        foreach (var other in Directory.GetDirectories(Path.GetTempPath(), HomePrefix + "*").Where(other => other != _home))
        {
            SweepIfAbandoned(other);
        }
    }

    /// <summary>The directory that all copies of this process are in.</summary>
    public string Home => _home;

    /// <summary>The directories of this process's copies, each named by its number.</summary>
    public IEnumerable<string> Kept => Directory.EnumerateDirectories(_home);

    /// <summary>Copies a folder and returns the copy.</summary>
    /// <exception cref="PluginLoadException">The folder changed meanwhile, so the copy may be half old and half new.</exception>
    public string Copy(PluginFolder folder)
    {
        // The copy keeps the folder's name, which is the assembly's.
        var target = Path.Combine(_home, Interlocked.Increment(ref _copies).ToString(CultureInfo.InvariantCulture), folder.Name);
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(target, Path.GetRelativePath(folder.Path, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Delete(target);
            throw new PluginLoadException($"The folder could not be read: {exception.Message}", exception);
        }

        if (PluginFolder.Read(folder.Path) != folder)
        {
            Delete(target);
            throw new PluginLoadException("The folder changed while it was read.");
        }

        return target;
    }

    /// <summary>Deletes a copy that nothing is loaded from any more; what cannot be deleted is left for the sweep.</summary>
    public static void Delete(string copy) => DeleteTree(Path.GetDirectoryName(copy)!);

    public void Dispose()
    {
        _lock.Dispose();
        DeleteTree(_home);
    }

    private static void DeleteTree(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Left for the sweep.
        }
    }

    private static void SweepIfAbandoned(string home)
    {
        try
        {
            // Opening fails while its process lives; a home without the file is one that is just being made.
            using (new FileStream(Path.Combine(home, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
            }

            Directory.Delete(home, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use, or not ours to delete.
        }
    }
}
