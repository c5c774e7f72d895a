using System.Collections.Concurrent;
using System.Collections.Frozen;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Ui.Live;

/// <summary>
/// Reads each topic that an open page asks for once a second, sooner after a change of the catalog, and hands every reader the same bytes. While no page
/// is open it does nothing. Thread-safe.
/// </summary>
internal sealed partial class LivePulse : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A rollout or a script may change the catalog many times in a moment.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private static readonly FrozenDictionary<string, string> Nothing = FrozenDictionary<string, string>.Empty;

    private readonly Dictionary<string, ILiveTopic> _topics;
    private readonly Dictionary<string, IFilteredTopic> _filtered;
    private readonly Dictionary<string, ILiveTopic> _parts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<LiveReader, byte> _readers = new();
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _last = new(StringComparer.Ordinal);
    private readonly ICatalog _catalog;
    private readonly TimeProvider _time;
    private readonly ILogger<LivePulse> _logger;
    private readonly WakeSignal _wake;
    private readonly CancellationToken _stopping;
    private readonly Lock _starting = new();
    private bool _runs;

    public LivePulse(IEnumerable<ILiveTopic> topics, IEnumerable<IFilteredTopic> filtered, ICatalog catalog, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LivePulse> logger)
    {
        _topics = topics.ToDictionary(topic => topic.Name, StringComparer.Ordinal);
        _filtered = filtered.ToDictionary(topic => topic.Name, StringComparer.Ordinal);
        (_catalog, _time, _logger, _stopping) = (catalog, time, logger, lifetime.ApplicationStopping);
        _wake = new WakeSignal(time);
        catalog.Changed += Wake;
    }

    /// <summary>Whether a page is open, or was a moment ago.</summary>
    public bool IsReading => Volatile.Read(ref _runs);

    /// <exception cref="Contracts.Errors.MeshException"><c>invalid_request</c>: there is such a topic, but its filter is wrong.</exception>
    public bool Knows(string topic) => _topics.ContainsKey(topic) || PartOf(topic) is not null;

    /// <summary>From here on the reader is sent what its topics say, beginning with all of it.</summary>
    public void Add(LiveReader reader)
    {
        _readers.TryAdd(reader, 0);
        lock (_starting)
        {
            if (!_runs)
            {
                _runs = true;

                // It goes on for other pages when this one has long been closed, so it takes nothing of this one's request along.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(RunAsync, CancellationToken.None);
                }
            }
        }

        _wake.Set();
    }

    public void Remove(LiveReader reader) => _readers.TryRemove(reader, out _);

    public void Dispose() => _catalog.Changed -= Wake;

    private void Wake(CatalogChange change) => _wake.Set();

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await PassAsync();
                lock (_starting)
                {
                    if (_readers.IsEmpty)
                    {
                        _last.Clear();
                        _runs = false;
                        return;
                    }
                }

                await Task.Delay(Shortest, _time, _stopping);
                await _wake.WaitAsync(Interval - Shortest, _stopping);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task PassAsync()
    {
        var asked = _readers.Keys.SelectMany(reader => reader.Topics).ToHashSet(StringComparer.Ordinal);
        foreach (var left in _parts.Keys.Where(part => !asked.Contains(part)).ToArray())
        {
            _parts.Remove(left);
            _last.Remove(left);
        }

        // All at once, and each is sent as it comes: a replica that does not answer keeps back nothing but the topic that asks it.
        await foreach (var read in Task.WhenEach(asked.Select(ReadAsync).ToArray()))
        {
            if (await read is ({ } topic, { } now))
            {
                Send(topic, _last.GetValueOrDefault(topic) ?? Nothing, now);
                _last[topic] = now;
            }
        }
    }

    private async Task<(string Topic, IReadOnlyDictionary<string, string>? Now)> ReadAsync(string topic)
    {
        try
        {
            return (topic, await Find(topic).ReadAsync(_stopping));
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            // A call to the store or to another replica that was given up is one, too.
            TopicFailed(_logger, topic, exception);
            return (topic, null);
        }
    }

    private ILiveTopic Find(string topic)
    {
        if (!_topics.TryGetValue(topic, out var found) && !_parts.TryGetValue(topic, out found))
        {
            _parts.Add(topic, found = PartOf(topic)!);
        }

        return found;
    }

    private ILiveTopic? PartOf(string topic)
    {
        // It is written as an event's name, too.
        var sign = topic.IndexOf(':', StringComparison.Ordinal);
        return sign > 0 && topic.All(char.IsAscii) && !topic.Any(char.IsControl) && _filtered.TryGetValue(topic[..sign], out var family) ? family.Of(topic[(sign + 1)..]) : null;
    }

    private void Send(string topic, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        byte[]? full = null;
        var difference = LiveFrame.Difference(topic, before, now);
        foreach (var reader in _readers.Keys.Where(reader => reader.Topics.Contains(topic)))
        {
            if (reader.IsNew(topic))
            {
                reader.Send(full ??= LiveFrame.Full(topic, now));
            }
            else if (difference is not null)
            {
                reader.Send(difference);
            }
        }
    }

    [LoggerMessage(EventId = 280, EventName = "LiveTopicFailed", Level = LogLevel.Error, Message = "Reading {Topic} for open pages failed; trying again")]
    private static partial void TopicFailed(ILogger logger, string topic, Exception exception);
}
