using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace ModelMesh.Feed;

/// <summary>The one npm package that everything comes out of.</summary>
internal static class CliPackage
{
    public const string Name = "@microsoft/aspire-cli-linux-x64";
    public const string Version = "13.5.4";
    public const string FileName = "aspire-cli-linux-x64-13.5.4.tgz";

    /// <summary>npm's "integrity" of the tarball, as published.</summary>
    public const string Sha512 = "8PWeRHM1+QwQB2wxDnfPsimi3EW01r04b4DjX0jIDE78SlfJabwVfYArW/48vDzYvPzKSRye6DIPVAsCFoXjBA==";

    public static async Task VerifyAsync(string tarball, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(tarball);
        var actual = Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        if (actual != Sha512)
        {
            throw new FeedException($"{tarball} is not {Name} {Version} as published: its SHA-512 is {actual}, not {Sha512}. Check the npm registry it came from.");
        }
    }

    public static async Task ExtractCliAsync(string tarball, string destination, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        await using var file = File.OpenRead(tarball);
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        await using var reader = new TarReader(unzipped);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.Name == "package/bin/aspire")
            {
                await entry.ExtractToFileAsync(destination, overwrite: true, cancellationToken);
                return;
            }
        }

        throw new FeedException($"{tarball} holds no package/bin/aspire.");
    }
}
