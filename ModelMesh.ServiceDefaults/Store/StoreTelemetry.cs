using System.Diagnostics.Metrics;

namespace ModelMesh.ServiceDefaults.Store;

/// <summary>What is measured of the store, on the meter <c>ModelMesh.Store</c>. Thread-safe.</summary>
internal sealed class StoreTelemetry
{
    private readonly Histogram<double> _answers;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _sessions;
    private volatile bool _isUp;

    public StoreTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create("ModelMesh.Store");
        _answers = meter.CreateHistogram(
            "modelmesh.store.command.duration",
            "s",
            "How long the store took to answer, by what it was asked for",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });
        _failures = meter.CreateCounter<long>("modelmesh.store.failures", "{command}", "What the store was asked for and did not do, by reason: away (not sent), lost (the connection broke), timeout or refused");
        _sessions = meter.CreateCounter<long>("modelmesh.store.sessions", "{session}", "How often the store began to answer");
        meter.CreateObservableGauge("modelmesh.store.up", () => _isUp ? 1 : 0, "{store}", "Whether the store answers: 1 or 0");
    }

    public void Answered(string command, TimeSpan after) => _answers.Record(after.TotalSeconds, new KeyValuePair<string, object?>("command", command));

    /// <param name="command">One of <see cref="StoreCommands"/>.</param>
    /// <param name="reason"><c>away</c>, <c>lost</c>, <c>timeout</c> or <c>refused</c>.</param>
    public void Failed(string command, string reason) =>
        _failures.Add(1, new KeyValuePair<string, object?>("command", command), new KeyValuePair<string, object?>("reason", reason));

    public void Up()
    {
        _isUp = true;
        _sessions.Add(1);
    }

    public void Down() => _isUp = false;
}
