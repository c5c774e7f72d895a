namespace ModelMesh.Bench.Compare.Scenarios;

/// <summary>Counts the revisions that a model got. An update that was answered and changed nothing is none.</summary>
/// <param name="before">The revision that the model had.</param>
internal sealed class RevisionCount(long before)
{
    private readonly HashSet<long> _revisions = [];

    public int New => _revisions.Count;

    public void Answered(long revision)
    {
        if (revision > before)
        {
            _revisions.Add(revision);
        }
    }
}
