namespace ModelMesh.Registry.Rollouts;

/// <summary>
/// The looks at one step's tally, to tell what came lately from what came before: a target that turns bad after an hour of good answers must not be carried by them.
/// It is the driver's alone, and a driver that takes over begins anew. Not thread-safe.
/// </summary>
internal sealed class TallyWindow
{
    private const int MostLooks = 600;

    private readonly LinkedList<StepTally> _looks = new([StepTally.None]);

    /// <summary>Takes the newest tally and tells the end of it: the least that holds as many of the target's requests as it takes to judge; all of it while there are no more.</summary>
    public StepTally Look(StepTally tally, int minRequests)
    {
        var earlier = _looks.Last;
        while (earlier is { Previous: { } before } && tally.To.Requests - earlier.Value.To.Requests < minRequests)
        {
            earlier = before;
        }

        var since = earlier!.Value;

        // The same figures again would only push older ones out.
        if (_looks.Last!.Value.To.Requests != tally.To.Requests)
        {
            _looks.AddLast(tally);
            if (_looks.Count > MostLooks)
            {
                _looks.RemoveFirst();
            }
        }

        return tally.Since(since);
    }
}
