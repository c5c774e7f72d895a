namespace ModelMesh.Backends.Tgi.Streaming;

/// <summary>
/// Ends an answer before its first stop sequence, which TGI makes part of the text. Only what may be the beginning of a stop sequence waits for the
/// text after it; everything else passes at once. One per answer.
/// </summary>
internal sealed class StopFilter(IReadOnlyList<string> stops)
{
    private string _held = "";

    /// <summary>Whether a stop sequence was met: nothing passes any more.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes the next text, and returns what of the answer is certain now.</summary>
    public string Push(string text)
    {
        if (stops.Count == 0 || Stopped)
        {
            return Stopped ? "" : text;
        }

        var all = _held.Length == 0 ? text : _held + text;
        if (FirstStop(all) is { } at)
        {
            Stopped = true;
            _held = "";
            return all[..at];
        }

        var held = LongestBeginning(all);
        _held = all[^held..];
        return held == all.Length ? "" : held == 0 ? all : all[..^held];
    }

    /// <summary>What is held back, when the answer ended without a stop sequence.</summary>
    public string Flush()
    {
        var held = _held;
        _held = "";
        return held;
    }

    /// <summary>Where the stop sequence begins that is complete first, so that it does not matter in which pieces the text came.</summary>
    private int? FirstStop(string text)
    {
        (int End, int Start)? first = null;
        foreach (var stop in stops)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (first is null || (at + stop.Length, at).CompareTo(first.Value) < 0))
            {
                first = (at + stop.Length, at);
            }
        }

        return first?.Start;
    }

    /// <summary>The length of the longest end of the text that begins a stop sequence.</summary>
    private int LongestBeginning(ReadOnlySpan<char> text)
    {
        var longest = 0;
        foreach (var stop in stops)
        {
            for (var length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text[^length..].SequenceEqual(stop.AsSpan(0, length)))
                {
                    longest = length;
                    break;
                }
            }
        }

        return longest;
    }
}
