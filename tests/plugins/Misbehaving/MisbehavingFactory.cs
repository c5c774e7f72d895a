using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(Misbehaving.MisbehavingFactory))]

namespace Misbehaving;

/// <summary>Does at its construction what a file beside it says.</summary>
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

    public IBackend Create(BackendSettings settings, IServiceProvider services) => throw new NotSupportedException();
}
