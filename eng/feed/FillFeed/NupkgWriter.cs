using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace ModelMesh.Feed;

/// <summary>Writes the least that NuGet takes for a package: a nuspec, the content types, one assembly.</summary>
internal static class NupkgWriter
{
    private const string Framework = "net10.0";

    private const string ContentTypes =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
          <Default Extension="nuspec" ContentType="application/octet" />
          <Default Extension="dll" ContentType="application/octet" />
          <Default Extension="_" ContentType="application/octet" />
        </Types>
        """;

    private static readonly XNamespace Schema = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

    // The oldest time a zip can hold: the same input gives the same bytes, and so the same hash in lock files.
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(CuratedPackage package, SingleFileBundle bundle, string folder)
    {
        using var file = File.Create(Path.Combine(folder, $"{package.Id}.{package.Version}.nupkg"));
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Add(zip, "[Content_Types].xml", Encoding.UTF8.GetBytes(ContentTypes));
        Add(zip, $"{package.Id}.nuspec", Encoding.UTF8.GetBytes(Nuspec(package).ToString()));
        // "_._" says: nothing here, and compatible all the same.
        Add(zip, $"lib/{Framework}/{(package.HasAssembly ? $"{package.Id}.dll" : "_._")}", package.HasAssembly ? bundle.Read($"{package.Id}.dll") : []);
    }

    internal static XElement Nuspec(CuratedPackage package) =>
        new(Schema + "package",
            new XElement(Schema + "metadata",
                new XElement(Schema + "id", package.Id),
                new XElement(Schema + "version", package.Version),
                new XElement(Schema + "authors", package.Authors),
                new XElement(Schema + "license", new XAttribute("type", "expression"), package.License),
                new XElement(Schema + "description", $"{package.Id} as the Aspire CLI {CliPackage.Version} carries it, wrapped for a source that lacks the package. For this machine only."),
                new XElement(Schema + "dependencies",
                    new XElement(Schema + "group", new XAttribute("targetFramework", Framework),
                        package.Dependencies.Select(dependency => new XElement(Schema + "dependency",
                            new XAttribute("id", dependency.Id), new XAttribute("version", dependency.Version), new XAttribute("include", "All"))))),
                package.IsForAspNetCore
                    ? new XElement(Schema + "frameworkReferences",
                        new XElement(Schema + "group", new XAttribute("targetFramework", Framework),
                            new XElement(Schema + "frameworkReference", new XAttribute("name", "Microsoft.AspNetCore.App"))))
                    : null));

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = FixedTime;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
