using Microsoft.Extensions.Configuration;
using ModelMesh.AppHost.Settings;

namespace ModelMesh.AppHost.Stores;

/// <summary>Where a store keeps its files: section <c>Store</c>, key <c>DataDirectory</c>; artifacts/store of this clone by default.</summary>
internal static class DataFolder
{
    // Held until this process ends, however it ends. Two servers on one folder destroy what is in it.
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
            Locks.Add(new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new AppHostFault($"Store:DataDirectory: {folder} cannot be written ({fault.Message}) Set it to a folder that can.");
        }
        catch (IOException)
        {
            throw new AppHostFault($"Store:DataDirectory: another mesh keeps its data in {folder}. Stop it, or set Store:DataDirectory to another folder.");
        }

        return folder;
    }
}
