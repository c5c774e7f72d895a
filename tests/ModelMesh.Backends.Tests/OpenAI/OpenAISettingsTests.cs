using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.OpenAI;
using ModelMesh.Backends.OpenAI.Settings;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.OpenAI;

public sealed class OpenAISettingsTests
{
    [Theory]
    [InlineData("{}", "api_key")]
    [InlineData("""{"endpoint":"https://api.openai.com/v1"}""", "api_key")]
    [InlineData("""{"endpoint":"https://eu.api.openai.com/v1"}""", "api_key")]
    [InlineData("""{"api_key":"sk-plain"}""", "api_key")]
    [InlineData("""{"api_key":7}""", "api_key")]
    [InlineData("""{"endpoint":"http://h/v1","organization":""}""", "organization")]
    [InlineData("""{"endpoint":"http://h/v1","project":"two words"}""", "project")]
    [InlineData("""{"endpoint":"http://h/v1","max_tokens_field":"tokens"}""", "max_tokens_field")]
    [InlineData("""{"endpoint":"http://h/v1","extra":{"stream":false}}""", "extra.stream")]
    [InlineData("""{"endpoint":"http://h/v1","temperature":1}""", "temperature")]
    public void Setting_ThatCannotWork_IsAFaultOfItsField(string settings, string field)
    {
        var exception = Assert.Throws<BackendSettingsException>(() => PluginBench.Create(new OpenAIFactory(), JsonNode.Parse(settings)!.AsObject()));

        Assert.Equal(field, Assert.Single(exception.Faults).Field);
    }

    [Fact]
    public void Key_OfTheConfiguration_IsSentToOpenAIAndToNoEndpointThatAModelNames()
    {
        var configured = new KeyValuePair<string, string?>("Backends:openai:ApiKey", "sk-configured");

        Assert.Equal("sk-configured", Read("{}", configured).Upstream.ApiKey);
        Assert.Null(Read("""{"endpoint":"http://h/v1"}""", configured).Upstream.ApiKey);
    }

    [Fact]
    public void Key_OfTheConfiguration_IsNoneForOpenAINamedByTheModel()
    {
        var configured = new KeyValuePair<string, string?>("Backends:openai:ApiKey", "sk-configured");

        var exception = Assert.Throws<BackendSettingsException>(() => Read("""{"endpoint":"https://api.openai.com/v1"}""", configured));

        Assert.Equal("api_key", Assert.Single(exception.Faults).Field);
    }

    [Fact]
    public void Key_OfTheConfigurationThatLeadsNowhere_IsOneFault()
    {
        var configured = new KeyValuePair<string, string?>("Backends:openai:ApiKey", "env:NONE");

        var exception = Assert.Throws<BackendSettingsException>(() => Read("{}", configured));

        Assert.Contains("Backends:openai:ApiKey", Assert.Single(exception.Faults).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", MaxTokensField.MaxCompletionTokens)]
    [InlineData("https://us.api.openai.com/v1", MaxTokensField.MaxCompletionTokens)]
    [InlineData("https://mine.openai.azure.com/openai/v1", MaxTokensField.MaxCompletionTokens)]
    [InlineData("http://localhost:8000/v1", MaxTokensField.MaxTokens)]
    [InlineData("https://api.openai.com.example.org/v1", MaxTokensField.MaxTokens)]
    public void MaxTokensField_NotGiven_FollowsTheEndpoint(string endpoint, object expected) =>
        Assert.Equal(expected, Read($$"""{"endpoint":"{{endpoint}}","api_key":"env:KEY"}""").MaxTokensField);

    private static OpenAISettings Read(string values, params KeyValuePair<string, string?>[] configuration) => OpenAISettings.Read(
        new BackendSettings("m", "v1", JsonDocument.Parse(values).RootElement, reference => reference == "env:KEY" ? "sk-own" : throw new FormatException("leads nowhere")),
        "openai",
        new HostServices(new RecordedLogs(), new ManualClock(), new ConfigurationBuilder().AddInMemoryCollection(configuration).Build()));
}
