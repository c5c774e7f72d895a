using System.Diagnostics;
using ModelMesh.AppHost.Stores;

namespace ModelMesh.Testing.Store;

/// <summary>The Redis server of this machine, if it has one.</summary>
internal static class RedisProgram
{
    private static readonly Lazy<bool> KnowsTls = new(AskForTls);

    public static bool HasTls => KnowsTls.Value;

    public static string? Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         from name in (string[])["redis-server", "valkey-server"]
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault();

    public static IReadOnlyList<string> Arguments(int port, string folder) => ["--port", $"{port}", .. StoreArguments.Server(folder)];

    // It names the first setting that it does not know, and ends.
    private static bool AskForTls()
    {
        if (Find() is not { } file)
        {
            return false;
        }

        using var server = Process.Start(new ProcessStartInfo(file, ["--tls-port", "0", "--no-such-setting", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        return server.StandardError.ReadToEnd().Contains("no-such-setting", StringComparison.Ordinal);
    }
}
