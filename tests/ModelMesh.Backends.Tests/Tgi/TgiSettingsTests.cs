using System.Text.Json.Nodes;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Backends.Tgi;
using Xunit;

namespace ModelMesh.Backends.Tests.Tgi;

public sealed class TgiSettingsTests
{
    [Theory]
    [InlineData("{}", "endpoint")]
    [InlineData("""{"endpoint":"http://h","template":"alpaca"}""", "template")]
    [InlineData("""{"endpoint":"http://h","extra":{"parameters":[]}}""", "extra.parameters")]
    [InlineData("""{"endpoint":"http://h","extra":{"inputs":"x"}}""", "extra.inputs")]
    [InlineData("""{"endpoint":"http://h","temperature":1}""", "temperature")]
    public void Setting_ThatCannotWork_IsAFaultOfItsField(string settings, string field)
    {
        var exception = Assert.Throws<BackendSettingsException>(() => PluginBench.Create(new TgiFactory(), JsonNode.Parse(settings)!.AsObject()));

        Assert.Equal(field, Assert.Single(exception.Faults).Field);
    }

    [Fact]
    public async Task Features_OfTheNativeApi_HoldNoTools()
    {
        await using var backend = PluginBench.Create(new TgiFactory(), new() { ["endpoint"] = "http://h" });

        Assert.False(backend.Features.HasFlag(ChatFeatures.Tools));
        Assert.Null(backend.Embeddings);
    }
}
