using Microsoft.Extensions.Configuration;

namespace ModelMesh.AppHost.Stores;

/// <summary>Where a store keeps its files: section <c>Store</c>, key <c>DataDirectory</c>; artifacts/store of this clone by default.</summary>
internal static class DataFolder
{
    // Held until this process ends, however it ends. Two servers on one folder destroy what is in it.
    private static readonly List<FileStream> Locks = [];

    public static string Open(IConfiguration configuration, string appHostDirectory, string server)
    {
        var root = configuration["Store:DataDirectory"] ?? Path.Combine(appHostDirectory, "..", "artifacts", "store");
        var folder = Directory.CreateDirectory(Path.GetFullPath(Path.Combine(root, server), appHostDirectory)).FullName;
        try
        {
            Locks.Add(new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException fault)
        {
            throw new InvalidOperationException($"Another mesh keeps its data in {folder}. Stop it, or set Store__DataDirectory to another folder.", fault);
        }

        return folder;
    }
}
