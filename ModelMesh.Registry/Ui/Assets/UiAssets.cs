using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace ModelMesh.Registry.Ui.Assets;

/// <summary>The scripts, styles and pictures of the UI, embedded in this assembly. Their addresses hold a digest of all of them, so that browsers may keep them for ever. Thread-safe.</summary>
internal static class UiAssets
{
    public const string Root = "/ui/assets";
    private const string Prefix = "ui/";
    private static readonly FrozenDictionary<string, byte[]> Files = Load();
    private static readonly string Digest = DigestOf(Files);

    /// <param name="path">Inside the folder, e.g. <c>js/main.js</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such file: a page that names it is wrong.</exception>
    public static string Url(string path) => Files.ContainsKey(path) ? $"{Root}/{Digest}/{path}" : throw new KeyNotFoundException(path);

    public static byte[]? Find(string path) => Files.GetValueOrDefault(path);

    /// <summary>Whether an address with this digest will always mean the same bytes.</summary>
    public static bool IsCurrent(string digest) => digest == Digest;

    public static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private static FrozenDictionary<string, byte[]> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string DigestOf(FrozenDictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, bytes) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
