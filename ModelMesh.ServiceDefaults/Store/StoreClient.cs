using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>The client library's connection, which comes back by itself, and the subscriptions that it is to have. Opened and closed by one caller at a time, otherwise thread-safe.</summary>
/// <param name="subscribeFailed">Is told when a subscription was refused or lost.</param>
internal sealed class StoreClient(StoreOptions options, Action<Exception> subscribeFailed)
{
    private readonly Lock _subscribing = new();
    private readonly List<(string Channel, Action<string> Handler)> _subscriptions = [];
    private ConnectionMultiplexer? _client;

    /// <summary>Raised when the connection broke, until it is closed.</summary>
    public event Action? Broke;

    public bool IsOpen => _client is not null;

    public bool IsConnected => _client is { IsConnected: true };

    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public IDatabase Database => Open.GetDatabase();

    /// <summary>Whether what it is connected to is one server, and no cluster whose answers may be to ask another.</summary>
    /// <exception cref="InvalidOperationException">It is not open.</exception>
    public bool IsOneServer => Open.GetEndPoints() is [var only] && Open.GetServer(only).ServerType == ServerType.Standalone;

    private ConnectionMultiplexer Open => _client ?? throw new InvalidOperationException("The client is not open.");

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

    public async Task OpenAsync()
    {
        var configuration = ConfigurationOptions.Parse(options.ConnectionString);
        configuration.AbortOnConnectFail = false;
        configuration.ClientName ??= "modelmesh";

        // Try again at every heartbeat of the client, once a second; its own default waits for the connect time-out in between.
        configuration.ReconnectRetryPolicy = new LinearRetry(100);

        // One attempt, then the client exists and goes on by itself: with more, a store that comes up meanwhile would be noticed late.
        configuration.ConnectRetry = 1;
        configuration.ConnectTimeout = Math.Min(configuration.ConnectTimeout, (int)options.CommandTimeout.TotalMilliseconds);
        var client = await ConnectionMultiplexer.ConnectAsync(configuration);
        client.ConnectionFailed += (_, failure) =>
        {
            if (failure.ConnectionType == ConnectionType.Interactive && ReferenceEquals(client, _client) && !client.IsConnected)
            {
                Broke?.Invoke();
            }
        };
        lock (_subscribing)
        {
            // Under the same lock, so that whoever subscribes now is either in the list or sees the client.
            _client = client;
            _subscriptions.ForEach(subscription => Attach(client, subscription.Channel, subscription.Handler));
        }
    }

    // Who sent something has its answer by now, or was told. Left to itself the client says goodbye and blocks until the store answers.
    public void Close()
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

    private void Attach(ConnectionMultiplexer client, string channel, Action<string> handler)
    {
        if (options.DropEvents)
        {
            return;
        }

        // The library remembers subscriptions and renews them after every reconnect, so the first answer need not be waited for.
        var subscribed = client.GetSubscriber().SubscribeAsync(new RedisChannel(channel, RedisChannel.PatternMode.Literal), (_, message) => handler(message.ToString()));
        _ = subscribed.ContinueWith(task => subscribeFailed(task.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }
}
