using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelMesh.Registry.Defaults;
using ModelMesh.Registry.Tests.Fakes;
using ModelMesh.Registry.Tests.Inference;
using Xunit;

namespace ModelMesh.Registry.Tests.Defaults;

public sealed class BackendDefaultsTests
{
    [Theory]
    [InlineData("--openai-base-url", "https://proxy/v1", "openai")]
    [InlineData("--ollama-base-url", "http://gpu-1:11434", "ollama")]
    [InlineData("--qwen-base-url", "http://qwen:8000/v1", "vllm")]
    [InlineData("--Backends:tgi:Endpoint", "http://tgi:8080", "tgi")]
    public void Flag_ABaseUrl_IsTheTypesEndpointForPluginsToo(string flag, string url, string type)
    {
        var (configuration, defaults) = Start(flag, url);

        Assert.Equal((url, null), (defaults.Of(type).Endpoint, defaults.Of(type).ApiKey));
        Assert.Equal(url, configuration[$"Backends:{type}:Endpoint"]);
    }

    [Theory]
    [InlineData("--openai-api-key", "env:KEY", "openai")]
    [InlineData("--qwen-api-key", "the-key-itself", "vllm")]
    public void Flag_AnApiKey_IsTheTypesKeyForPluginsToo(string flag, string key, string type)
    {
        var (configuration, defaults) = Start($"{flag}={key}");

        Assert.Equal(key, defaults.Of(type).ApiKey);
        Assert.Equal(key, configuration[$"Backends:{type}:ApiKey"]);
    }

    [Fact]
    public void Flag_BesideTheSetting_Wins() =>
        Assert.Equal("http://flag", Start("--Backends:openai:Endpoint", "http://setting", "--openai-base-url", "http://flag").Defaults.Of("openai").Endpoint);

    [Fact]
    public void Flag_Empty_IsAsGoodAsAbsent()
    {
        var (configuration, defaults) = Start("--Backends:openai:Endpoint=http://setting", "--openai-base-url=", "--openai-api-key=", "--Backends:vllm:ApiKey= ");

        Assert.Equal("http://setting", configuration["Backends:openai:Endpoint"]);
        Assert.Equal(("http://setting", null, null), (defaults.Of("openai").Endpoint, defaults.Of("openai").ApiKey, defaults.Of("vllm").ApiKey));
    }

    [Fact]
    public void Start_WrongValues_EveryOneIsListedWithItsFlagAndNoneIsRepeated()
    {
        var faults = Assert.Throws<OptionsValidationException>(() => Start(
            "--openai-base-url=nonsense", "--openai-api-key=env:not-a-name", "--ollama-base-url=ftp://host", "--qwen-base-url=https://user:hush@host/v1",
            "--qwen-api-key=file:hush", "--Backends:tgi:Endpoint=http://host?key=hush")).Failures;

        Assert.Equal(
            [
                "Backends:ollama:Endpoint (--ollama-base-url) must be an absolute http or https URL.",
                "Backends:openai:ApiKey (--openai-api-key) must name a variable after env:, of letters, digits and _.",
                "Backends:openai:Endpoint (--openai-base-url) must be an absolute http or https URL.",
                "Backends:tgi:Endpoint must not carry a secret in its query (key); secrets are given by reference, as api_key.",
                "Backends:vllm:ApiKey (--qwen-api-key) must refer to a file by its full path.",
                "Backends:vllm:Endpoint (--qwen-base-url) must not carry a user name or a password; secrets are given by reference, as api_key.",
            ],
            faults.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("hush", string.Concat(faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flags_AllOfThem_AreInTheHelpAndTheReadmeWithTheirSetting()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        Assert.All(BackendFlag.All, flag =>
        {
            Assert.Contains(RegistryHelp.Text.Split('\n'), line => line.Contains($"--{flag.Name} ", StringComparison.Ordinal) && line.Contains(flag.Setting, StringComparison.Ordinal));
            Assert.Contains($"`--{flag.Name}`", readme, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task GetBackends_ADefaultIsConfigured_ItsEndpointIsShownAndItsKeyIsNot()
    {
        await using var registry = await TestRegistry.StartAsync(("Backends:mock:Endpoint", "http://upstream/v1"), ("Backends:mock:ApiKey", "hush-hush"));
        registry.Put(TestModel.Mock());

        var body = await registry.Http.GetStringAsync(new Uri("/backends", UriKind.Relative));

        Assert.Equal("http://upstream/v1", (string?)JsonNode.Parse(body)!["backends"]![0]!["default_endpoint"]);
        Assert.DoesNotContain("hush", body, StringComparison.Ordinal);
    }

    private static (IConfiguration Configuration, BackendDefaultsTable Defaults) Start(params string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.AddBackendDefaults();
        var services = builder.Build().Services;
        services.GetRequiredService<IStartupValidator>().Validate();
        return (builder.Configuration, services.GetRequiredService<IOptions<BackendDefaultsTable>>().Value);
    }
}
