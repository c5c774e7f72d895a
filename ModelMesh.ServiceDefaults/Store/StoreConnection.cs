using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>
/// The one connection of a process to the store. It never blocks the start, comes back by itself for ever, and says
/// <c>store_unavailable</c> at once while it is away, whatever the client library would do about waiting. Thread-safe.
/// </summary>
/// <remarks>
/// A supervisor looks at the connection every <see cref="StoreOptions.ProbeInterval"/>:
/// 1. no client yet → make one; 2. client connected, no session → a session starts with the first answered ping;
/// 3. session, client not connected → the session ends. A command that takes too long ends the session as well (a paused store keeps its sockets);
/// 4. client not connected, never a session → an operator is told once, with what the client says is wrong;
/// 5. client connected, but ping after ping goes unanswered → another client. The server may be paused, but a connection may also be dead without
///    anybody having said so, and the client library has been seen to think itself connected without a connection, which it never notices.
/// </remarks>
public sealed partial class StoreConnection(IOptions<StoreOptions> options, TimeProvider time, IMeterFactory meters, ILogger<StoreConnection> logger) : BackgroundService
{
    private const int MostTriesForAReason = 20;
    private const int MostUnansweredPings = 3;

    private readonly StoreOptions _options = options.Value;
    private readonly StoreTelemetry _telemetry = new(meters);
    private readonly Lock _subscribing = new();
    private readonly List<(string Channel, Action<string> Handler)> _subscriptions = [];
    private ConnectionMultiplexer? _client;
    private volatile StoreSession? _session;
    private bool _reachedOrTold;
    private int _unansweredPings;

    /// <summary>Raised each time the store begins to answer. Handlers must be quick and must not throw.</summary>
    public event Action? Connected;

    public StoreKeys Keys { get; } = new(options.Value.KeyPrefix);

    /// <summary>Whether a command sent now has a chance.</summary>
    public bool IsConnected => _session is { IsOver: false };

    /// <summary>Hands every message of a channel to a handler, from now on and after every reconnect. Messages can be lost and come in any order.</summary>
    public void Subscribe(string channel, Action<string> handler)
    {
        lock (_subscribing)
        {
            _subscriptions.Add((channel, handler));
            if (_client is { } client)
            {
                Attach(client, channel, handler);
            }
        }
    }

    /// <summary>Runs a command, within the command time-out or <paramref name="limit"/>.</summary>
    /// <param name="kind">What metrics call it: one of <see cref="StoreCommands"/>.</param>
    /// <param name="command">Sends it; is not called while the store is away.</param>
    /// <param name="limit">Replaces <see cref="StoreOptions.CommandTimeout"/> for commands that move much.</param>
    /// <param name="abandoned">Is given a command that was sent but whose answer the caller will not get; its effect may have come, or come still.</param>
    /// <exception cref="MeshException"><c>store_unavailable</c>.</exception>
    public async Task<T> RunAsync<T>(string kind, Func<IDatabase, Task<T>> command, TimeSpan? limit = null, Action<Task<T>>? abandoned = null)
    {
        if (_session is not { IsOver: false } session)
        {
            _telemetry.Failed(kind, "away");
            throw StoreErrors.Unavailable();
        }

        Task<T>? sent = null;
        var sentAt = time.GetTimestamp();
        try
        {
            sent = command(session.Database);
            var answer = sent.WaitAsync(limit ?? _options.CommandTimeout, time, session.Ended);

            // The client library may complete its tasks on the one thread that reads answers: ours must not run there.
            var result = await answer.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _telemetry.Answered(kind, time.GetElapsedTime(sentAt));
            return result;
        }
        catch (Exception exception) when (StoreErrors.IsAway(exception))
        {
            // Completed or not: an answer can come between the session's end and here, and the caller is told that the store is away all the same.
            if (sent is { IsFaulted: false })
            {
                abandoned?.Invoke(sent);
                _ = sent.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }

            _telemetry.Failed(kind, exception is TimeoutException ? "timeout" : "lost");
            if (exception is TimeoutException)
            {
                End(session, "a command took too long");
            }

            throw StoreErrors.Unavailable(exception);
        }
        catch (RedisServerException)
        {
            _telemetry.Failed(kind, "refused");
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.ProbeInterval, time);
        try
        {
            do
            {
                await SuperviseAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            _session?.End();
            _session = null;

            CloseClient();
        }
    }

    private async Task SuperviseAsync(CancellationToken stoppingToken)
    {
        try
        {
            // 1. No client yet.
            var client = _client ?? await ConnectAsync();

            // 2. No session yet.
            if (!IsConnected && client.IsConnected)
            {
                var database = client.GetDatabase();
                await database.PingAsync().WaitAsync(_options.CommandTimeout, time, CancellationToken.None);
                _unansweredPings = 0;
                _session = new StoreSession(database);
                _reachedOrTold = true;
                _telemetry.Up();
                Up(logger);
                Connected?.Invoke();
            }

            // 3. The connection is gone.
            else if (_session is { IsOver: false } session && !client.IsConnected)
            {
                End(session, "the connection is gone");
            }

            // 4. Never reached. Not awaited: some versions of the client hold a command back for a while, hoping for a connection.
            else if (_session is null && !_reachedOrTold)
            {
                _reachedOrTold = true;
                _ = TellWhyAsync(client.GetDatabase(), stoppingToken);
            }
        }
        catch (Exception exception) when (StoreErrors.IsAway(exception) || exception is RedisServerException)
        {
            // A server that answers a ping with whatever error (too many clients, no permission) cannot be used yet; it is no reason to stop the process.
            if (_reachedOrTold)
            {
                StillAway(logger, exception);
            }
            else
            {
                _reachedOrTold = true;
                NeverReached(exception);
            }

            // 5. Connected, and never answered. An error is an answer.
            _unansweredPings = exception is TimeoutException ? _unansweredPings + 1 : 0;
            if (_unansweredPings == MostUnansweredPings)
            {
                _unansweredPings = 0;
                Replaced(logger, MostUnansweredPings);
                CloseClient();
            }
        }
    }

    // Who sent something has its answer by now, or was told. Left to itself the client says goodbye and blocks until the store answers.
    private void CloseClient()
    {
        ConnectionMultiplexer? client;
        lock (_subscribing)
        {
            client = _client;
            _client = null;
        }

        client?.Close(allowCommandsToComplete: false);
        client?.Dispose();
    }

    // The client says what is wrong with a connection only to who wants to use it, and for a moment after an attempt has failed not even then.
    private async Task TellWhyAsync(IDatabase database, CancellationToken stoppingToken)
    {
        for (var attempt = 1; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await database.PingAsync();
                return;
            }
            catch (Exception exception) when (StoreErrors.IsAway(exception))
            {
                if (exception.InnerException is not null || attempt == MostTriesForAReason)
                {
                    NeverReached(exception);
                    return;
                }
            }

            await Task.Delay(_options.ProbeInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void NeverReached(Exception exception)
    {
        // Addresses only: the rest of the connection string may hold a password.
        var addresses = ConfigurationOptions.Parse(_options.ConnectionString).EndPoints.Select(address => address switch
        {
            DnsEndPoint named => $"{named.Host}:{named.Port}",
            _ => address.ToString(),
        });
        NotReached(logger, string.Join(", ", addresses), exception.GetBaseException().Message);
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        var configuration = ConfigurationOptions.Parse(_options.ConnectionString);
        configuration.AbortOnConnectFail = false;
        configuration.ClientName ??= "modelmesh";

        // Try again at every heartbeat of the client, once a second; its own default waits for the connect time-out in between.
        configuration.ReconnectRetryPolicy = new LinearRetry(100);

        // One attempt, then the client exists and goes on by itself: with more, a store that comes up meanwhile would be noticed late.
        configuration.ConnectRetry = 1;
        configuration.ConnectTimeout = Math.Min(configuration.ConnectTimeout, (int)_options.CommandTimeout.TotalMilliseconds);
        var client = await ConnectionMultiplexer.ConnectAsync(configuration);
        client.ConnectionFailed += (_, failure) =>
        {
            if (failure.ConnectionType == ConnectionType.Interactive && _session is { } session && ReferenceEquals(client, _client) && !client.IsConnected)
            {
                End(session, "the connection broke");
            }
        };
        lock (_subscribing)
        {
            // Under the same lock, so that whoever subscribes now is either in the list or sees the client.
            _client = client;
            _subscriptions.ForEach(subscription => Attach(client, subscription.Channel, subscription.Handler));
        }

        return client;
    }

    private void Attach(ConnectionMultiplexer client, string channel, Action<string> handler)
    {
        if (_options.DropEvents)
        {
            return;
        }

        // The library remembers subscriptions and renews them after every reconnect, so the first answer need not be waited for.
        var subscribed = client.GetSubscriber().SubscribeAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal), (_, message) => handler(message.ToString()));
        _ = subscribed.ContinueWith(task => StillAway(logger, task.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private void End(StoreSession session, string reason)
    {
        if (!session.IsOver)
        {
            session.End();
            _telemetry.Down();
            Down(logger, reason);
        }
    }
}
