using ModelMesh.Registry.Plugins;
using ModelMesh.Registry.Tests.Fakes;
using Xunit;

namespace ModelMesh.Registry.Tests.Plugins;

/// <summary>Each of the refused ones ends a process that gives it to the runtime's own reader, or cannot be read at all.</summary>
public sealed class DependencyManifestTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("{ garbage", "is not JSON")]
    [InlineData("[]", "it must be an object")]
    [InlineData("{}", "has no runtimeTarget")]
    [InlineData("""{"runtimeTarget":5}""", "runtimeTarget must be an object")]
    [InlineData("""{"runtimeTarget":null}""", "runtimeTarget must be an object")]
    [InlineData("""{"runtimeTarget":{}}""", "name of runtimeTarget must be a string")]
    [InlineData("""{"runtimeTarget":{"name":5}}""", "name of runtimeTarget must be a string")]
    [InlineData("""{"runtimeTarget":"t","targets":5}""", "targets must be an object")]
    [InlineData("""{"runtimeTarget":"t","targets":{"t":5}}""", "t must be an object")]
    [InlineData("""{"runtimeTarget":"t","targets":{"t":{"A/1":5}}}""", "A/1 must be an object")]
    [InlineData("""{"runtimeTarget":"t","targets":{"t":{"A/1":{"runtime":"x"}}}}""", "runtime of A/1 must be an object")]
    [InlineData("""{"runtimeTarget":"t","targets":{"t":{"A/1":{"native":{"a.so":5}}}}}""", "a.so must be an object")]
    [InlineData("""{"runtimeTarget":"t","targets":{"t":{"A/1":{"resources":5}}}}""", "resources of A/1 must be an object")]
    [InlineData("""{"runtimeTarget":"t","targets":{"t":{"A/1":{"runtimeTargets":{"a.dll":{"assetType":"runtime"}}}}}}""", "rid of a.dll must be a string")]
    [InlineData("""{"runtimeTarget":"t","targets":{"t":{"A/1":{"runtimeTargets":{"a.dll":{"rid":"linux","assetType":5}}}}}}""", "assetType of a.dll must be a string")]
    [InlineData("""{"runtimeTarget":"t","libraries":"x"}""", "libraries must be an object")]
    [InlineData("""{"runtimeTarget":"t","libraries":{"A/1":null}}""", "A/1 must be an object")]
    [InlineData("""{"runtimeTarget":"t","libraries":{"A/1":{"sha512":""}}}""", "type of A/1 must be a string")]
    [InlineData("""{"runtimeTarget":"t","libraries":{"A/1":{"type":"project","sha512":null}}}""", "sha512 of A/1 must be a string")]
    [InlineData("""{"runtimeTarget":5,"runtimeTarget":"t"}""", "runtimeTarget must be an object")]
    public void Check_WhatTheRuntimeCouldNotRead_RefusedWithTheReason(string manifest, string reason)
    {
        File.WriteAllText(_file, manifest);
        Assert.Contains(reason, Assert.Throws<PluginLoadException>(() => DependencyManifest.Check(_file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"runtimeTarget":"t"}""")]
    [InlineData("""/* by hand */{"runtimeTarget":{"name":"t"},"targets":{"t":{"A/1":{"dependencies":{"B":"1"}},"B/1":{"runtime":{"B.dll":{}},"runtimeTargets":{"b.so":{"rid":"linux","assetType":"native"}}}}},"libraries":{"A/1":{"type":"project","sha512":""}}}""")]
    public void Check_WhatTheRuntimeReads_Passes(string manifest)
    {
        File.WriteAllText(_file, manifest);
        Assert.Null(Record.Exception(() => DependencyManifest.Check(_file)));
    }

    [Fact]
    public void Check_WhatTheSdkWritesForOurPlugins_Passes()
    {
        var manifests = Directory.GetFiles(PluginFolders.TestPlugin("GoodV1"), "*.deps.json").Concat(Directory.GetFiles(AppContext.BaseDirectory, "*.deps.json")).ToArray();
        Assert.True(manifests.Length > 1);
        Assert.All(manifests, DependencyManifest.Check);
    }
}
