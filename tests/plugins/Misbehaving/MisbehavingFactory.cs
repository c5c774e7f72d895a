using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;

[assembly: BackendFactory(typeof(Misbehaving.MisbehavingFactory))]

namespace Misbehaving;

/// <summary>
/// Does at its construction what the first line of a file beside it says, after the file was created that its second line names, if any. Makes a backend
/// once the file that the model's settings name is there.
/// </summary>
public sealed class MisbehavingFactory : IBackendFactory
{
    private static readonly string[] How = ReadHow();

    public MisbehavingFactory()
    {
        if (How is [_, var waitFor])
        {
            File.WriteAllText(waitFor + ".awaited", "");
            SpinWait.SpinUntil(() => File.Exists(waitFor));
        }

        Type = How[0] switch
        {
            "throw" => throw new InvalidOperationException("no luck today"),
            "hang" => Hang(),
            var type => type,
        };
    }

    public string Type { get; }

    public IBackend Create(BackendSettings settings, IServiceProvider services)
    {
        var waitFor = settings.Reader().Text("wait_for") ?? throw new NotSupportedException();
        SpinWait.SpinUntil(() => File.Exists(waitFor));
        return new LateBackend(waitFor + ".disposed");
    }

    private static string[] ReadHow()
    {
        var how = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(typeof(MisbehavingFactory).Assembly.Location)!, "how.txt"));
        return how is ["hang-static"] ? [Hang()] : how;
    }

    private static string Hang()
    {
        new ManualResetEventSlim().Wait();
        return "";
    }
}

internal sealed class LateBackend(string disposedMark) : IBackend
{
    public IChatClient Chat => throw new NotSupportedException();

    public async ValueTask DisposeAsync() => await File.WriteAllTextAsync(disposedMark, "");
}
