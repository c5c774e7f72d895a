using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace ModelMesh.Testing.Backends;

/// <summary>
/// An HTTP/1.1 server on a port of its own that does what a script says, byte by byte: the upstreams that no real server would play on demand.
/// A script runs once a connection; an answer, once a request. What a client's leaving does to a script is not a fault; everything else a script
/// throws is thrown again by <see cref="DisposeAsync"/>.
/// </summary>
public sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<UpstreamConnection, Task> _script;
    private readonly UpstreamSecurity _security;
    private readonly ConcurrentQueue<UpstreamConnection> _connections = new();
    private readonly ConcurrentQueue<UpstreamRequest> _requests = new();
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly ConcurrentQueue<Task> _running = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly Task _accepting;

    private ScriptedUpstream(Func<UpstreamConnection, Task>? script, Func<UpstreamExchange, Task>? answer, UpstreamSecurity security)
    {
        _script = script ?? (connection => AnswerAllAsync(connection, answer!));
        _security = security;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        var scheme = security == UpstreamSecurity.None ? "http" : "https";
        Address = new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Scheme, host and port.</summary>
    public Uri Address { get; }

    /// <summary>Every connection so far, in the order they were accepted.</summary>
    public IReadOnlyCollection<UpstreamConnection> Connections => _connections;

    /// <summary>Every request so far, in the order they were read by <see cref="Answering"/>.</summary>
    public IReadOnlyCollection<UpstreamRequest> Requests => _requests;

    /// <summary>Runs a script for each connection.</summary>
    public static ScriptedUpstream Running(Func<UpstreamConnection, Task> script, UpstreamSecurity security = UpstreamSecurity.None) => new(script, null, security);

    /// <summary>Answers each request, on connections that are kept alive.</summary>
    public static ScriptedUpstream Answering(Func<UpstreamExchange, Task> answer, UpstreamSecurity security = UpstreamSecurity.None) => new(null, answer, security);

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_running);
        await Task.WhenAll(_connections.Select(connection => connection.Receiving));
        _stopped.Dispose();
        if (!_faults.IsEmpty)
        {
            throw new AggregateException("the upstream's script failed", _faults);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stopped.Token);
                _running.Enqueue(Task.Run(() => ServeAsync(socket)));
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            socket.SendBufferSize = 64 * 1024;
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (_security == UpstreamSecurity.SelfSigned)
            {
                using var certificate = SelfSignedCertificate.Create();
                var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _stopped.Token);
                await RunAsync(new UpstreamConnection(socket, secure));
                return;
            }

            await RunAsync(new UpstreamConnection(socket, stream));
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException or System.Security.Authentication.AuthenticationException or OperationCanceledException)
        {
            // The client has left, the script has closed the connection under its own feet, or the test has ended.
            socket.Dispose();
        }
        catch (Exception exception)
        {
            _faults.Enqueue(exception);
            socket.Dispose();
        }
    }

    private async Task RunAsync(UpstreamConnection connection)
    {
        _connections.Enqueue(connection);

        // Accepted this moment: who disposes may have been through the list already, and would wait for a client that keeps its connection for minutes.
        if (_stopped.IsCancellationRequested)
        {
            connection.Dispose();
        }

        await _script(connection);
        await connection.ClientClosed;
        connection.Dispose();
    }

    private async Task AnswerAllAsync(UpstreamConnection connection, Func<UpstreamExchange, Task> answer)
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            _requests.Enqueue(request);
            await answer(new UpstreamExchange(connection, request));
        }
    }
}
