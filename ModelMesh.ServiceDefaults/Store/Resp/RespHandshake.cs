using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ModelMesh.ServiceDefaults.Store.Resp;

/// <summary>Opens a connection and makes it one that can be used: name, password, database, and a ping that was answered.</summary>
internal static class RespHandshake
{
    /// <param name="limit">For all of it together.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="TimeoutException">It cannot be opened in time.</exception>
    /// <exception cref="StoreRefusedException">The store does not want it.</exception>
    public static async Task<RespConnection> OpenAsync(RespSettings settings, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        RespConnection? connection = null;
        try
        {
            connection = new RespConnection(await ConnectAsync(settings, either.Token));
            await GreetAsync(connection, settings, either.Token);
            return connection;
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            throw exception switch
            {
                OperationCanceledException when over.IsCancellationRequested => new TimeoutException($"The store was not reached within {limit}.", exception),
                SocketException or AuthenticationException => new IOException(exception.Message, exception),
                _ => exception,
            };
        }
    }

    /// <exception cref="StoreRefusedException">The store answers with an error.</exception>
    public static async Task PingAsync(RespConnection connection) => (await connection.CallAsync(new WordsCommand("PING"))).ThrowIfRefused();

    private static async Task<Stream> ConnectAsync(RespSettings settings, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Address, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return settings.TlsHost is { } host ? await SecureAsync(stream, host, settings.ChecksRevocation, cancellationToken) : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(NetworkStream stream, string host, bool checksRevocation, CancellationToken cancellationToken)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, CertificateRevocationCheckMode = checksRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck },
            cancellationToken);
        return secure;
    }

    // All sent at once. A name is only for operators, and a password that the store does not ask for is no fault: a store that does ask says so to the ping.
    // One that it does not accept is: the ping may be answered all the same, to the user that nobody has to sign in as.
    private static async Task GreetAsync(RespConnection connection, RespSettings settings, CancellationToken cancellationToken)
    {
        var signedIn = settings switch
        {
            { Password: not (null or ""), User: not (null or "") } => connection.CallAsync(new WordsCommand("AUTH", settings.User, settings.Password)),
            { Password: not (null or "") } => connection.CallAsync(new WordsCommand("AUTH", settings.Password)),
            _ => null,
        };
        var named = connection.CallAsync(new WordsCommand("CLIENT", "SETNAME", settings.ClientName));
        var selected = settings.Database == 0 ? null : connection.CallAsync(new WordsCommand("SELECT", $"{settings.Database}"));
        var pinged = connection.CallAsync(new WordsCommand("PING"));
        Task<StoreReply>[] asked = [.. new[] { signedIn, named, selected, pinged }.OfType<Task<StoreReply>>()];
        try
        {
            await Task.WhenAll(asked).WaitAsync(cancellationToken);
        }
        catch (IOException) when (asked[0].IsCompletedSuccessfully)
        {
            // A store that takes no more connections answers the first command with the reason and closes.
            (await asked[0]).ThrowIfRefused();
            throw;
        }

        var signing = signedIn is null ? default : await signedIn;
        if ((await pinged).IsRefused || StoreErrors.IsWrongPassword(signing.Refusal))
        {
            signing.ThrowIfRefused();
        }

        (await pinged).ThrowIfRefused();
        (selected is null ? default : await selected).ThrowIfRefused();
    }
}
