namespace ModelMesh.Bench.Micro;

/// <summary>The store server of this machine.</summary>
internal static class StoreProgram
{
    /// <summary>Null where there is none.</summary>
    public static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from name in (string[])["redis-server", "valkey-server"]
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();
}
