using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ModelMesh.Backends.Sdk;
using ModelMesh.Testing.Backends;
using Xunit;
using Xunit.Sdk;

namespace ModelMesh.Backends.Tests.Plugins;

/// <summary>What the suite sees after a test, whichever it was.</summary>
public sealed class ConformanceSuiteTests
{
    [Theory]
    [InlineData(LogLevel.Trace)]
    [InlineData(LogLevel.Error)]
    public async Task Suite_PluginThatLogsItsKey_FailsTheTest(LogLevel level)
    {
        var suite = new SuiteOf(new Leaking(settings => settings.ResolveSecret(settings.Values.GetProperty("api_key").GetString()!), level));

        await suite.UseAsync();

        await Assert.ThrowsAnyAsync<XunitException>(suite.DisposeAsync);
    }

    [Fact]
    public async Task Suite_PluginThatLogsNoSecret_PassesTheTest()
    {
        var suite = new SuiteOf(new Leaking(_ => "all is well", LogLevel.Information));

        await suite.UseAsync();

        await suite.DisposeAsync();
    }

    private sealed class SuiteOf(IBackendFactory factory) : BackendConformance
    {
        protected override IBackendFactory Factory => factory;

        protected override UpstreamDialect Dialect { get; } = new OpenAIDialect();

        public async Task UseAsync() =>
            await Create(new Uri("http://nobody.invalid")).CheckHealthAsync(CancellationToken.None);
    }

    private sealed class Leaking(Func<BackendSettings, string> says, LogLevel level) : IBackendFactory, IBackend
    {
        public string Type => "leaking";

        public IChatClient Chat => throw new NotSupportedException("is not asked");

        public IBackend Create(BackendSettings settings, IServiceProvider services)
        {
            ((ILoggerFactory)services.GetService(typeof(ILoggerFactory))!).CreateLogger("leaking").Log(level, "made with {What}", says(settings));
            return this;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
