using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelMesh.Contracts.Errors;
using ModelMesh.ServiceDefaults.Store.Resp;
using StackExchange.Redis;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>
/// A process's way to the store. It never blocks the start, comes back by itself for ever, and says <c>store_unavailable</c> at once while the store is away,
/// whatever the client library would do about waiting. Thread-safe.
/// </summary>
/// <remarks>
/// There are two connections: the client library's, and one of our own for scripts on the path of every request, where the library's hops from thread to thread
/// cost more than the store does; a connection string or a store that asks for more than that one can do leaves scripts to the library as well. A session means that both work.
/// A supervisor looks at them every <see cref="StoreOptions.ProbeInterval"/>:
/// 1. no client yet → make one; 2. client connected, no session → a session starts with the first answered ping on both connections. Ours is opened for it, or stays when it answers:
///    what was sent before may be answered yet;
/// 3. session, client not connected → the session ends. One of ours that breaks ends it as well, and so does a command that takes too long (a paused store keeps its sockets);
/// 4. client not connected, never a session → an operator is told once, with what the client says is wrong;
/// 5. session, our connection not looked at for a while → a ping, without whose answer the session ends;
/// 6. client connected, but ping after ping goes unanswered → another client. The server may be paused, but a connection may also be dead without
///    anybody having said so, and the client library has been seen to think itself connected without a connection, which it never notices. The same goes for our connection.
/// </remarks>
public sealed partial class StoreConnection : BackgroundService
{
    private const int MostUnansweredPings = 3;

    private readonly StoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreConnection> _logger;
    private readonly StoreTelemetry _telemetry;
    private readonly StoreClient _client;
    private readonly OwnConnection? _own;
    private readonly FirstContact _firstContact;
    private volatile StoreSession? _session;
    private int _unansweredPings;

    public StoreConnection(IOptions<StoreOptions> options, TimeProvider time, IMeterFactory meters, ILogger<StoreConnection> logger)
    {
        (_options, _time, _logger, _telemetry) = (options.Value, time, logger, new StoreTelemetry(meters));
        Keys = new StoreKeys(_options.KeyPrefix);
        _firstContact = new FirstContact(_options, time, logger);
        _client = new StoreClient(_options, exception => StillAway(logger, exception));
        _client.Broke += () => End(_session, "the connection broke");
        var settings = RespSettings.Choose(_options.ConnectionString, Environment.GetEnvironmentVariables().Keys.Cast<string>());
        _own = settings is null ? null : new OwnConnection(settings, _options.CommandTimeout, time);
    }

    /// <summary>Raised each time the store begins to answer. Handlers must be quick and must not throw.</summary>
    public event Action? Connected;

    public StoreKeys Keys { get; }

    /// <summary>Whether a command sent now has a chance.</summary>
    public bool IsConnected => _session is { IsOver: false };

    /// <summary>Hands every message of a channel to a handler, from now on and after every reconnect. Messages can be lost and come in any order.</summary>
    public void Subscribe(string channel, Action<string> handler) => _client.Subscribe(channel, handler);

    /// <summary>Runs a command, within the command time-out or <paramref name="limit"/>.</summary>
    /// <param name="kind">What metrics call it: one of <see cref="StoreCommands"/>.</param>
    /// <param name="command">Sends it; is not called while the store is away.</param>
    /// <param name="limit">Replaces <see cref="StoreOptions.CommandTimeout"/> for commands that move much.</param>
    /// <param name="abandoned">Is given a command that was sent but whose answer the caller will not get; its effect may have come, or come still.</param>
    /// <exception cref="MeshException"><c>store_unavailable</c>.</exception>
    public Task<T> RunAsync<T>(string kind, Func<IDatabase, Task<T>> command, TimeSpan? limit = null, Action<Task<T>>? abandoned = null) =>

        // The client library may complete its tasks on the one thread that reads answers: ours must not run there.
        AskAsync(kind, session => command(session.Database), limit, (_, sent) => abandoned?.Invoke(sent), ConfigureAwaitOptions.ForceYielding);

    /// <summary>Runs a script of a request's path, within the command time-out. Those that are sent one after the other run one after the other, but for those that the store forgot and is sent anew.</summary>
    /// <param name="kind">What metrics call it: one of <see cref="StoreCommands"/>.</param>
    /// <param name="undo">
    /// What to run when the answer comes after the caller was told that the store is away, if it comes at all; null for nothing. It is sent where the script was, past the
    /// session: the answer may come before the store counts as back.
    /// </param>
    /// <exception cref="MeshException"><c>store_unavailable</c>.</exception>
    /// <exception cref="StoreRefusedException">The store answered with an error.</exception>
    public Task<StoreReply> RunScriptAsync(string kind, ScriptCall call, Func<StoreReply, ScriptCall?>? undo = null) => AskAsync(
        kind,
        session => session.Scripts.RunAsync(call),
        limit: null,
        (session, sent) => _ = undo is null ? Task.CompletedTask : UndoAsync(session.Scripts, sent, undo),
        ConfigureAwaitOptions.None);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.ProbeInterval, _time);
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
            // Claimed, so that connections which end now are nobody's news.
            _ = _session?.TryClaimEnd();
            _session?.End();
            _session = null;
            _client.Close();
            _own?.Dispose();
        }
    }

    private async Task<T> AskAsync<T>(string kind, Func<StoreSession, Task<T>> command, TimeSpan? limit, Action<StoreSession, Task<T>> abandoned, ConfigureAwaitOptions yielding)
    {
        if (_session is not { IsOver: false } session)
        {
            _telemetry.Failed(kind, "away");
            throw StoreErrors.Unavailable();
        }

        Task<T>? sent = null;
        var sentAt = _time.GetTimestamp();
        try
        {
            sent = command(session);
            var result = await sent.WaitAsync(limit ?? _options.CommandTimeout, _time, session.Ended).ConfigureAwait(yielding | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _telemetry.Answered(kind, _time.GetElapsedTime(sentAt));
            return result;
        }
        catch (Exception exception) when (StoreErrors.IsAway(exception))
        {
            // Completed or not: an answer can come between the session's end and here, and the caller is told that the store is away all the same.
            if (sent is { IsFaulted: false })
            {
                abandoned(session, sent);
                _ = sent.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }

            _telemetry.Failed(kind, exception is TimeoutException ? "timeout" : "lost");
            if (exception is TimeoutException)
            {
                End(session, "a command took too long");
            }

            throw StoreErrors.Unavailable(exception);
        }
        catch (Exception exception) when (StoreErrors.IsRefusal(exception))
        {
            _telemetry.Failed(kind, "refused");
            throw;
        }
    }

    private static async Task UndoAsync(IScripts scripts, Task<StoreReply> sent, Func<StoreReply, ScriptCall?> undo)
    {
        try
        {
            // Not on the thread of whoever is to be told.
            if (undo(await sent.ConfigureAwait(ConfigureAwaitOptions.ForceYielding)) is { } call)
            {
                await scripts.RunAsync(call);
            }
        }
        catch (Exception exception) when (StoreErrors.IsTheStores(exception))
        {
            // There will be no answer, or nothing can be undone.
        }
    }

    private async Task SuperviseAsync(CancellationToken stoppingToken)
    {
        try
        {
            // 1. No client yet.
            if (!_client.IsOpen)
            {
                await _client.OpenAsync();
            }

            // 2. No session yet.
            if (!IsConnected && _client.IsConnected)
            {
                await BeginSessionAsync(stoppingToken);
            }

            // 3. The connection is gone.
            else if (_session is { IsOver: false } session && !_client.IsConnected)
            {
                End(session, "the connection is gone");
            }

            // 4. Never reached. Not awaited: some versions of the client hold a command back for a while, hoping for a connection.
            else if (_session is null && !_firstContact.IsOver)
            {
                _ = _firstContact.TellWhyNotAsync(_client.Database, stoppingToken);
            }

            // 5. All is well.
            else if (_own is not null && _session is { IsOver: false } current)
            {
                await KeepAliveAsync(_own, current);
            }
        }
        catch (Exception exception) when (StoreErrors.IsTheStores(exception))
        {
            // A server that answers a ping with whatever error (too many clients, no permission) cannot be used yet; it is no reason to stop the process.
            if (_firstContact.IsOver)
            {
                StillAway(_logger, exception);
            }
            else
            {
                _firstContact.Failed(exception);
            }

            // 6. Connected, and never answered. An error is an answer.
            _unansweredPings = exception is TimeoutException ? _unansweredPings + 1 : 0;
            if (_unansweredPings == MostUnansweredPings)
            {
                _unansweredPings = 0;
                Replaced(_logger, MostUnansweredPings);
                _client.Close();
            }
        }
    }

    private async Task BeginSessionAsync(CancellationToken stoppingToken)
    {
        var database = _client.Database;
        await database.PingAsync().WaitAsync(_options.CommandTimeout, _time, CancellationToken.None);
        _unansweredPings = 0;
        var own = _own is not null && _client.IsOneServer ? await _own.ReadyAsync(stoppingToken) : null;
        var session = new StoreSession(database, own is null ? new LibraryScripts(database) : new RespScripts(own));
        _session = session;
        _firstContact.Succeeded();
        _telemetry.Up();
        Up(_logger);
        Connected?.Invoke();
        if (own is not null)
        {
            _ = EndWithAsync(own, session);
        }
    }

    private async Task EndWithAsync(RespConnection own, StoreSession session) => End(session, $"the connection for scripts broke: {(await own.Broken).Message}");

    private async Task KeepAliveAsync(OwnConnection own, StoreSession session)
    {
        try
        {
            await own.KeepAliveAsync();
        }
        catch (TimeoutException)
        {
            End(session, "a ping took too long");
        }
    }

    private void End(StoreSession? session, string reason)
    {
        if (session?.TryClaimEnd() == true)
        {
            // First, for when it is over the next one may begin.
            _telemetry.Down();
            session.End();
            Down(_logger, reason);
        }
    }
}
