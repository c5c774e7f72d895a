using ModelMesh.AppHost.Stores;

namespace ModelMesh.Testing.Store;

/// <summary>The Redis server of this machine, if it has one.</summary>
internal static class RedisProgram
{
    public static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from name in (string[])["redis-server", "valkey-server"]
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();

    public static IReadOnlyList<string> Arguments(int port, string folder) => ["--port", $"{port}", .. StoreArguments.Server(folder)];
}
