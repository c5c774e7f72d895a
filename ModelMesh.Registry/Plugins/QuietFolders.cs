namespace ModelMesh.Registry.Plugins;

/// <summary>
/// Lets what was seen of the folders through once it has been the same for the quiet period: a folder's files, and also its absence, since
/// many tools replace a folder by deleting it first. Not thread-safe: one scan at a time.
/// </summary>
internal sealed class QuietFolders(TimeSpan quietPeriod, TimeProvider time)
{
    private readonly Dictionary<string, (PluginFolder? Folder, long Since)> _seen = new(StringComparer.Ordinal);

    /// <summary>What is settled, in the order of the scan, and what has still to be waited for.</summary>
    internal sealed record Result(IReadOnlyList<PluginFolder> Present, IReadOnlyList<string> Gone, bool AllSettled);

    public Result Look(IReadOnlyList<PluginFolder> folders)
    {
        // One time for all of them: folders that were there at the start come through in one look, whose order decides between two of one type.
        var now = time.GetTimestamp();
        var present = new List<PluginFolder>();
        foreach (var folder in folders)
        {
            if (IsQuiet(folder.Path, folder, now))
            {
                present.Add(folder);
            }
        }

        var gone = _seen.Keys.Except(folders.Select(folder => folder.Path), StringComparer.Ordinal).ToList();
        var settledGone = gone.FindAll(path => IsQuiet(path, folder: null, now));
        foreach (var path in settledGone)
        {
            _seen.Remove(path);
        }

        return new Result(present, settledGone, present.Count == folders.Count && settledGone.Count == gone.Count);
    }

    private bool IsQuiet(string path, PluginFolder? folder, long now)
    {
        if (!_seen.TryGetValue(path, out var before) || before.Folder != folder)
        {
            before = (folder, now);
            _seen[path] = before;
        }

        return time.GetElapsedTime(before.Since, now) >= quietPeriod;
    }
}
