using System.Reflection;

namespace ModelMesh.LocalHosting;

/// <summary>Lets a test run an AppHost's own Main up to Build() and go on with the builder itself.</summary>
internal sealed class TestingHook(Assembly appHost)
{
    private static readonly AsyncLocal<TestingHook?> Flowing = new();

    /// <summary>Set while an AppHost's Main runs under a test, and there only.</summary>
    public static TestingHook? Current => Flowing.Value;

    private DistributedApplicationBuilder? Taken { get; set; }

    /// <summary>Runs Main until it calls Build().</summary>
    public async Task<DistributedApplicationBuilder> RunMainAsync(string[] args)
    {
        Flowing.Value = this;
        var main = appHost.EntryPoint ?? throw new InvalidOperationException($"{appHost.GetName().Name} has no entry point.");
        try
        {
            object?[] parameters = main.GetParameters().Length == 0 ? [] : [args];
            if (main.Invoke(null, parameters) is Task running)
            {
                await running;
            }
        }
        catch (TargetInvocationException fault) when (fault.InnerException is TakenOverException)
        {
            // Main ended at Build(), as it should.
        }
        catch (TakenOverException)
        {
            // The same, from an async Main.
        }

        return Taken ?? throw new InvalidOperationException($"{appHost.GetName().Name} ended without building an application.");
    }

    public DistributedApplicationBuilder CreateBuilder(string[] args) => new(args, DistributedApplicationBuilder.DirectoryOf(appHost));

    public void TakeOver(DistributedApplicationBuilder builder)
    {
        Taken = builder;
        throw new TakenOverException();
    }

    private sealed class TakenOverException : Exception;
}
