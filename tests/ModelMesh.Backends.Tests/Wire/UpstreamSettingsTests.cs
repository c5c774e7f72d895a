using Microsoft.Extensions.Configuration;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Settings;
using ModelMesh.Testing.Backends;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

public sealed class UpstreamSettingsTests
{
    private static readonly Uri BuiltIn = new("http://built.in/v1");

    [Fact]
    public void Settings_Empty_AreTheBuiltInEndpointAndTheRegisteredName()
    {
        var settings = Read("{}");

        Assert.Equal((BuiltIn, "registered", null), (settings.Endpoint, settings.Model, settings.ApiKey));
    }

    [Theory]
    [InlineData("{}", "configured")]
    [InlineData("""{"api_key":"env:OWN"}""", "own")]
    [InlineData("""{"endpoint":"http://own.invalid"}""", null)]
    [InlineData("""{"endpoint":"http://configured.invalid/v1"}""", null)]
    [InlineData("""{"endpoint":"http://own.invalid","api_key":"env:OWN"}""", "own")]
    public void Key_OfTheConfiguration_GoesToTheConfiguredEndpointOnly(string values, string? key) =>
        Assert.Equal(key, Read(values, ("Endpoint", "http://configured.invalid/v1"), ("ApiKey", "env:CONFIGURED")).ApiKey);

    [Fact]
    public void Key_OfTheConfigurationInClear_GoesToTheBuiltInEndpoint() => Assert.Equal("clear", Read("{}", ("ApiKey", "clear")).ApiKey);

    [Theory]
    [InlineData("""{"endpoint":"ftp://x"}""", "endpoint")]
    [InlineData("""{"endpoint":"http://user:word@x"}""", "endpoint")]
    [InlineData("""{"endpoint":"http://x/#y"}""", "endpoint")]
    [InlineData("""{"model":""}""", "model")]
    [InlineData("""{"api_key":"env:NOWHERE"}""", "api_key")]
    [InlineData("""{"api_key":"env:BROKEN"}""", "api_key")]
    [InlineData("""{"extra":[]}""", "extra")]
    [InlineData("""{"extra":{"stream":false}}""", "extra.stream")]
    [InlineData("""{"unknown":1}""", "unknown")]
    public void Settings_ThatCannotWork_AreRefusedByTheirField(string values, string field) =>
        Assert.Equal(field, Assert.Single(Assert.Throws<BackendSettingsException>(() => Read(values)).Faults).Field);

    [Fact]
    public void Endpoint_NeitherGivenNorConfiguredNorBuiltIn_IsRequired()
    {
        var fault = Assert.Single(Assert.Throws<BackendSettingsException>(() => Read("{}", builtIn: null)).Faults);

        Assert.Equal("endpoint", fault.Field);
        Assert.Contains("Backends:test:Endpoint", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://h:1/v1", "http://h:1/v1/models", "http://h:1/health")]
    [InlineData("http://h:1/v1/", "http://h:1/v1/models", "http://h:1/health")]
    [InlineData("http://h:1", "http://h:1/models", "http://h:1/health")]
    [InlineData("https://h/proxy/v1?tenant=a", "https://h/proxy/v1/models?tenant=a", "https://h/proxy/health?tenant=a")]
    public void Addresses_BelowTheEndpointAndBesideIt_KeepItsPathAndQuery(string endpoint, string below, string beside)
    {
        var settings = Read($$"""{"endpoint":"{{endpoint}}"}""");

        Assert.Equal((new Uri(below), new Uri(beside)), (settings.Below("models"), settings.BesideV1("health")));
    }

    private static UpstreamSettings Read(string values, params (string Name, string Value)[] configured) => Read(values, BuiltIn, configured);

    private static UpstreamSettings Read(string values, Uri? builtIn, params (string Name, string Value)[] configured)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(configured.Select(pair => KeyValuePair.Create($"Backends:test:{pair.Name}", (string?)pair.Value)))
            .Build();
        var settings = new BackendSettings("registered", "v1", Written.Json(values), Resolve);
        var reader = settings.Reader();
        var read = UpstreamSettings.Read(reader, settings, "test", new HostServices(new RecordedLogs(), TimeProvider.System, configuration), builtIn, ["model", "messages", "stream"]);
        reader.Done();
        return read;
    }

    private static string Resolve(string reference) => reference switch
    {
        "env:OWN" => "own",
        "env:CONFIGURED" => "configured",
        "env:BROKEN" => "two\nlines",
        _ => throw new FormatException("leads nowhere"),
    };
}
