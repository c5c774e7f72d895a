using System.Runtime.InteropServices;

namespace ModelMesh.Bench.Compare.Contenders;

/// <summary>
/// A folder that goes with the bench: on disposal, on Ctrl-C, SIGTERM and SIGHUP, and after a kill with the next one that is made. Its lock says whose process is gone: the
/// system lets go of it with the process, while an id may be another's by then.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "modelmesh-bench-";
    private const string LockName = "bench.lock";

    private readonly FileStream _lock;
    private readonly PosixSignalRegistration[] _signals;

    /// <param name="parent">Where it is made, and where what others left is removed.</param>
    public ScratchFolder(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, $"{Prefix}*"))
        {
            RemoveAbandoned(folder);
        }

        FullName = Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}");
        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(FullName) : Directory.CreateDirectory(FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _lock = Lock(FullName, FileMode.CreateNew);

        // None of them is cancelled, so the process ends when its folder is gone.
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, _ => Remove()))];
    }

    public string FullName { get; }

    public void Dispose()
    {
        Array.ForEach(_signals, signal => signal.Dispose());
        Remove();
    }

    private static FileStream Lock(string folder, FileMode mode) => new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    private static void RemoveAbandoned(string folder)
    {
        try
        {
            using var abandoned = Lock(folder, FileMode.Open);
            Empty(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another bench has it, or it is no folder of a bench.
        }
    }

    private void Remove()
    {
        try
        {
            Empty(FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A program is still writing there: its lock stays too, so the next bench removes it.
        }

        _lock.Dispose();
    }

    // The lock goes last, with the folder: without it nobody would know that what is left is abandoned.
    private static void Empty(string folder)
    {
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(inner, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != LockName))
        {
            File.Delete(file);
        }

        Directory.Delete(folder, recursive: true);
    }
}
