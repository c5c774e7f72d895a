using System.Text.Json.Nodes;
using ModelMesh.Backends.Ollama;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using Xunit;

namespace ModelMesh.Backends.Tests.Ollama;

public sealed class OllamaSettingsTests
{
    [Theory]
    [InlineData("""{"endpoint":"http://h/api"}""", "endpoint")]
    [InlineData("""{"keep_alive":"soon"}""", "keep_alive")]
    [InlineData("""{"keep_alive":"300"}""", "keep_alive")]
    [InlineData("""{"keep_alive":1.5}""", "keep_alive")]
    [InlineData("""{"keep_alive":true}""", "keep_alive")]
    [InlineData("""{"think":"hard"}""", "think")]
    [InlineData("""{"think":1}""", "think")]
    [InlineData("""{"pull":"always"}""", "pull")]
    [InlineData("""{"options":[]}""", "options")]
    [InlineData("""{"extra":{"options":1}}""", "extra.options")]
    [InlineData("""{"extra":{"stream":false}}""", "extra.stream")]
    [InlineData("""{"api_key":"sk-plain"}""", "api_key")]
    [InlineData("""{"temperature":1}""", "temperature")]
    public void Setting_ThatCannotWork_IsAFaultOfItsField(string settings, string field)
    {
        var exception = Assert.Throws<BackendSettingsException>(() => PluginBench.Create(new OllamaFactory(), JsonNode.Parse(settings)!.AsObject()));

        Assert.Equal(field, Assert.Single(exception.Faults).Field);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"keep_alive":-1}""")]
    [InlineData("""{"keep_alive":"1h30m"}""")]
    [InlineData("""{"keep_alive":"-1s"}""")]
    [InlineData("""{"keep_alive":"0"}""")]
    [InlineData("""{"think":false,"pull":"missing","options":{"num_ctx":1},"extra":{"options":{}}}""")]
    [InlineData("""{"think":"high"}""")]
    public async Task Settings_ThatCanWork_MakeABackend(string settings)
    {
        await using var backend = PluginBench.Create(new OllamaFactory(), JsonNode.Parse(settings)!.AsObject());

        Assert.True(backend.Features.HasFlag(ChatFeatures.Tools));
    }
}
