using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;

namespace ModelMesh.Testing.Backends;

/// <summary>A connection that a client made to a <see cref="ScriptedUpstream"/>: bytes out exactly as given, and when the client left.</summary>
public sealed class UpstreamConnection
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly Pipe _received = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly RequestReader _requests;
    private readonly TaskCompletionSource<long> _clientClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytesSent;

    internal UpstreamConnection(Socket socket, Stream stream)
    {
        _socket = socket;
        _stream = stream;
        _requests = new RequestReader(_received.Reader);
        Receiving = Task.Run(ReceiveAsync);
    }

    /// <summary>Ends with the <see cref="Stopwatch"/>'s time stamp of when the client closed its side or reset the connection.</summary>
    public Task<long> ClientClosed => _clientClosed.Task;

    /// <summary>How many bytes the client, its system and ours have taken.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    internal Task Receiving { get; }

    /// <summary>The next request, or null when the client has closed.</summary>
    public Task<UpstreamRequest?> ReadRequestAsync() => _requests.NextAsync(WriteAsync);

    /// <summary>Sends bytes in one write.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes);
        Interlocked.Add(ref _bytesSent, bytes.Length);
    }

    /// <summary>Sends text in one write.</summary>
    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Resets the connection: the client sees an error, not an end.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    /// <summary>Closes in good order.</summary>
    public void Close()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            _socket.Dispose();
        }
    }

    internal void Dispose() => _socket.Dispose();

    private async Task ReceiveAsync()
    {
        try
        {
            while (await _stream.ReadAsync(_received.Writer.GetMemory(4096)) is > 0 and var count)
            {
                _received.Writer.Advance(count);
                await _received.Writer.FlushAsync();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // A reset is an end, too.
        }

        _clientClosed.TrySetResult(Stopwatch.GetTimestamp());
        await _received.Writer.CompleteAsync();
    }
}
