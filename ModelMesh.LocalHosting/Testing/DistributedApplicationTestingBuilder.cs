namespace ModelMesh.LocalHosting;

/// <summary>Builds an AppHost's application inside a test, with Aspire.Hosting.Testing's names.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <typeparam name="TAppHost">Any type of the AppHost's assembly, such as <c>Projects.ModelMesh_AppHost</c>.</typeparam>
    /// <param name="args">As on the command line, e.g. <c>--Ports:Gateway=0</c>. The dashboard is off unless they switch it on.</param>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TAppHost>(string[] args, CancellationToken cancellationToken = default)
        where TAppHost : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        var builder = await new TestingHook(typeof(TAppHost).Assembly).RunMainAsync(["--Dashboard:Enabled=false", .. args]);
        return new TestingBuilder(builder);
    }

    private sealed class TestingBuilder(DistributedApplicationBuilder builder) : IDistributedApplicationTestingBuilder
    {
        public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(builder.BuildApplication());
        }

        public IDistributedApplicationTestingBuilder WriteTo(TextWriter writer)
        {
            builder.Output = new LaunchOutput(writer, inColour: false);
            return this;
        }
    }
}

public interface IDistributedApplicationTestingBuilder
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends what the launcher and its resources print elsewhere than to the console.</summary>
    IDistributedApplicationTestingBuilder WriteTo(TextWriter writer);
}
