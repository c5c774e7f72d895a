using System.Text.Json;

namespace ModelMesh.EndToEnd.Tests.Harness;

/// <summary>A folder that mock backends of all replicas write their calls into: what the backend saw, whatever the mesh says.</summary>
internal sealed class Journal(string path)
{
    public string Path { get; } = path;

    public JournalReading Read() => new(
    [
        .. (Directory.Exists(Path) ? Directory.EnumerateFiles(Path) : [])
            .SelectMany(ReadLines)
            .Select(line => JsonSerializer.Deserialize<JournalLine>(line, JsonSerializerOptions.Web)!)
            .OrderBy(line => line.At),
    ]);

    // A line that is being written has no line end yet; the next reading has it.
    private static IEnumerable<string> ReadLines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}

internal sealed record JournalLine(string Event, long At, int Call, long Revision, string Instance, int Process);

/// <summary>The calls of one moment's reading, in the order they happened over all processes.</summary>
internal sealed class JournalReading(IReadOnlyList<JournalLine> lines)
{
    public int Started => Count("start");

    public int Cancelled => Count("cancelled");

    public int Processes => lines.Select(line => line.Process).Distinct().Count();

    public long LastCancelled => lines.Last(line => line.Event == "cancelled").At;

    /// <summary>The most calls that were in flight at one instant over all processes.</summary>
    public int PeakInFlight
    {
        get
        {
            var (inFlight, peak) = (0, 0);
            foreach (var line in lines)
            {
                inFlight += line.Event == "start" ? 1 : IsEnd(line) ? -1 : 0;
                peak = Math.Max(peak, inFlight);
            }

            return peak;
        }
    }

    public int Disposed(long revision) => lines.Count(line => line.Event == "disposed" && line.Revision == revision);

    /// <summary>True when every instance of a revision was disposed after its own last call.</summary>
    public bool DisposedAfterLastCall(long revision) => lines.Where(line => line.Revision == revision).GroupBy(line => line.Instance).All(instance => instance.Last().Event == "disposed");

    private static bool IsEnd(JournalLine line) => line.Event is "completed" or "failed" or "cancelled";

    private int Count(string kind) => lines.Count(line => line.Event == kind);
}
