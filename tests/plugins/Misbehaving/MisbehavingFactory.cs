using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(Misbehaving.MisbehavingFactory))]

namespace Misbehaving;

/// <summary>Does at its construction what a file beside it says. Makes a backend once the file that the model's settings name is there.</summary>
public sealed class MisbehavingFactory : IBackendFactory
{
    public MisbehavingFactory()
    {
        var how = File.ReadAllText(Path.Combine(Path.GetDirectoryName(typeof(MisbehavingFactory).Assembly.Location)!, "how.txt"));
        if (how == "throw")
        {
            throw new InvalidOperationException("no luck today");
        }

        if (how == "hang")
        {
            new ManualResetEventSlim().Wait();
        }

        Type = how;
    }

    public string Type { get; }

    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var waitFor = settings.Reader().Text("wait_for") ?? throw new NotSupportedException();
        SpinWait.SpinUntil(() => File.Exists(waitFor));
        return new LateBackend(waitFor + ".disposed");
    }
}

internal sealed class LateBackend(string disposedMark) : IBackend
{
    public IChatClient Chat => throw new NotSupportedException();

    public async ValueTask DisposeAsync() => await File.WriteAllTextAsync(disposedMark, "");
}
