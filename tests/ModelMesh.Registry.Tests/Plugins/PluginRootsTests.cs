using ModelMesh.Registry.Plugins;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

public sealed class PluginRootsTests : IDisposable
{
    private readonly string _clone = Directory.CreateTempSubdirectory("modelmesh-roots-").FullName;

    public void Dispose() => Directory.Delete(_clone, recursive: true);

    [Fact]
    public void Resolve_NothingConfigured_BothDefaultsOfTheNearestFolderAboveThatHasOne()
    {
        var service = Directory.CreateDirectory(Path.Combine(_clone, "src", "Service")).FullName;
        Directory.CreateDirectory(Path.Combine(_clone, "backends"));

        Assert.Equal([Path.Combine(_clone, "artifacts", "backends"), Path.Combine(_clone, "backends")], PluginRoots.Resolve(new PluginOptions(), service, "/"));
    }

    [Fact]
    public void Resolve_RootsConfigured_OnlyThoseEachOnceRelativeToTheContentRoot()
    {
        var options = new PluginOptions();
        options.Roots.Add("mine");
        options.Roots.Add("/elsewhere");
        options.Roots.Add("./mine");

        Assert.Equal([Path.Combine(_clone, "mine"), "/elsewhere"], PluginRoots.Resolve(options, _clone, "/"));
    }
}
