using System.Text.Json;

namespace ModelMesh.Registry.Tests.Inference;

/// <summary>What mock backends wrote into their journal, in the order it happened.</summary>
internal sealed class MockCalls(IReadOnlyList<MockEvent> events)
{
    public IReadOnlyList<MockEvent> Events { get; } = events;

    public static MockCalls Read(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return new MockCalls([]);
        }

        var lines = Directory.EnumerateFiles(directory).SelectMany(path =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var text = new StreamReader(stream).ReadToEnd();
            return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        });
        return new MockCalls([.. lines.Select(line => JsonSerializer.Deserialize<MockEvent>(line, JsonSerializerOptions.Web)!).OrderBy(line => line.At)]);
    }

    public int Count(string kind, long? revision = null) => Events.Count(line => line.Event == kind && (revision is null || line.Revision == revision));

    public long When(string kind) => Events.First(line => line.Event == kind).At;
}

internal sealed record MockEvent(string Event, long At, int Call, string Model, long Revision, string Instance);
