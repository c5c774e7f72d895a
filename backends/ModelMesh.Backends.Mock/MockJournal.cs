using System.Diagnostics;
using System.Text.Json;
using ModelMesh.Backends.Sdk;

namespace ModelMesh.Backends.Mock;

/// <summary>
/// What happened to one backend instance's calls, for tests that count at the backend over several processes. Each instance writes a file of its
/// own, <c>{process id}-{instance}.jsonl</c>, from its first call on, one line an event, each in one write:
/// <c>{"event","at","call","model","version","revision","instance","process","request_id"?,"in_flight","peak"}</c>. <c>event</c> is <c>start</c>, <c>first_token</c>, then one of
/// <c>completed</c>, <c>failed</c> and <c>cancelled</c>; <c>health_check</c> belongs to no call; <c>disposed</c> is the instance's last line. <c>at</c> is <see cref="Stopwatch.GetTimestamp"/>, which
/// all processes of one machine share, so files can be merged by it. <c>in_flight</c> and <c>peak</c> count this instance's calls.
/// </summary>
internal sealed class MockJournal(string directory, BackendSettings settings) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _instance = Guid.NewGuid().ToString("N")[..12];
    private FileStream? _file;
    private int _calls;
    private int _inFlight;
    private int _peak;

    public MockCall Start(string? requestId)
    {
        lock (_lock)
        {
            var call = new MockCall(this, ++_calls, requestId);
            _peak = Math.Max(_peak, ++_inFlight);
            Write("start", call);
            return call;
        }
    }

    public void FirstToken(MockCall call)
    {
        lock (_lock)
        {
            Write("first_token", call);
        }
    }

    public void HealthCheck()
    {
        lock (_lock)
        {
            Write("health_check", call: null);
        }
    }

    public void End(string how, MockCall call)
    {
        lock (_lock)
        {
            _inFlight--;
            Write(how, call);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            // An instance that was only made to check settings leaves no file.
            if (_file is not null)
            {
                Write("disposed", call: null);
                _file.Dispose();
            }
        }
    }

    private void Write(string kind, MockCall? call)
    {
        if (_file is null)
        {
            Directory.CreateDirectory(directory);
            var path = Path.Combine(directory, $"{Environment.ProcessId}-{_instance}.jsonl");
            _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("event", kind);
            json.WriteNumber("at", Stopwatch.GetTimestamp());
            json.WriteNumber("call", call?.Number ?? 0);
            json.WriteString("model", settings.ModelName);
            json.WriteString("version", settings.Version);
            json.WriteNumber("revision", settings.Revision);
            json.WriteString("instance", _instance);
            json.WriteNumber("process", Environment.ProcessId);
            if (call?.RequestId is { } requestId)
            {
                json.WriteString("request_id", requestId);
            }

            json.WriteNumber("in_flight", _inFlight);
            json.WriteNumber("peak", _peak);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        _file.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
