using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Win32.SafeHandles;
using ModelMesh.AppHost.Settings;

namespace ModelMesh.AppHost.Stores;

/// <summary>Where a store keeps its files: section <c>Store</c>, key <c>DataDirectory</c>; artifacts/store of this clone by default.</summary>
internal static partial class DataFolder
{
    // Held until this process and all that it started have ended, however they end. Two servers on one folder destroy what is in it.
    private static readonly List<FileStream> Locks = [];

    public static string Open(IConfiguration configuration, string appHostDirectory, string server)
    {
        var root = configuration["Store:DataDirectory"] ?? Path.Combine(appHostDirectory, "..", "artifacts", "store");
        var folder = Path.GetFullPath(Path.Combine(root, server), appHostDirectory);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new AppHostFault($"Store:DataDirectory: {folder} cannot be made ({fault.Message}) Set it to a folder that can be written.");
        }

        try
        {
            var held = new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Locks.Add(held);
            LetChildrenHold(held);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new AppHostFault($"Store:DataDirectory: {folder} cannot be written ({fault.Message}) Set it to a folder that can.");
        }
        catch (IOException)
        {
            throw new AppHostFault($"Store:DataDirectory: another mesh keeps its data in {folder}. Stop it (one that was killed needs a few seconds more), or set Store:DataDirectory to another folder.");
        }

        return folder;
    }

    // A server outlives an AppHost that is killed by some moments. The lock is one of the open file, and a duplicate, unlike what .NET opens,
    // is inherited by the processes that are started from here.
    private static void LetChildrenHold(FileStream held)
    {
        if (!OperatingSystem.IsWindows() && Duplicate(held.SafeFileHandle) < 0)
        {
            throw new AppHostFault($"Store:DataDirectory: the lock of {held.Name} cannot be kept: too many files are open.");
        }
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(SafeFileHandle file);
}
