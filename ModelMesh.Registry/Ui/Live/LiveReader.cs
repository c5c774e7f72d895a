using System.Threading.Channels;

namespace ModelMesh.Registry.Ui.Live;

/// <summary>One open page: what it asked for, and what waits to be sent to it.</summary>
internal sealed class LiveReader(IReadOnlySet<string> topics)
{
    private const int MostWaiting = 64;

    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private readonly Channel<byte[]> _frames = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public IReadOnlySet<string> Topics { get; } = topics;

    public ChannelReader<byte[]> Frames => _frames.Reader;

    /// <summary>True the first time it is asked of a topic. For the pulse, which asks one at a time.</summary>
    public bool IsNew(string topic) => _begun.Add(topic);

    /// <summary>A page that does not read is let go: it opens its stream again, and begins with all there is.</summary>
    public void Send(byte[] frame)
    {
        if (!_frames.Writer.TryWrite(frame))
        {
            _frames.Writer.TryComplete();
        }
    }
}
