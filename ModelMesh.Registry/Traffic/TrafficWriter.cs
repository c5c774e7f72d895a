using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Catalog;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Store;

namespace ModelMesh.Registry.Traffic;

/// <summary>What was written.</summary>
/// <param name="Entry">As it is stored, with its revision and times.</param>
/// <param name="Created">Whether there was none before.</param>
internal sealed record Written<T>(T Entry, bool Created)
    where T : ITrafficEntry;

/// <summary>
/// Changes of entries of the traffic, whoever makes them. An answer means that the change is on disk and in this process' own snapshot; others follow within
/// milliseconds. Thread-safe.
/// </summary>
internal sealed class TrafficWriter(TrafficScripts scripts, CatalogDurability durability, ICatalog catalog)
{
    /// <param name="id">Names the entry.</param>
    /// <param name="entry">Its new content; revision and times in it do not count.</param>
    /// <param name="references">What has to be registered now, and cannot be deleted while the entry is there; mostly <see cref="TrafficReference.Of"/> it.</param>
    /// <param name="expectedRevision">The revision that is to be replaced; 0: there must be none; null: whatever is there.</param>
    /// <exception cref="MeshException">
    /// <c>invalid_request</c> with the path of each reference that leads nowhere; <c>conflict</c> when it exists though it must not, or an alias has the name of a model or means a version of one;
    /// <c>precondition_failed</c>, <c>store_unavailable</c>.
    /// </exception>
    public async Task<Written<T>> WriteAsync<T>(TrafficId id, T entry, IReadOnlyList<TrafficReference> references, long? expectedRevision)
        where T : ITrafficEntry
    {
        var answer = await scripts.WriteAsync(id, entry, references.Select(reference => reference.Key).Distinct(StringComparer.Ordinal), expectedRevision);
        switch (answer.Outcome)
        {
            case "mismatch" when expectedRevision == 0:
                throw new MeshException(ErrorCode.Conflict, $"{Label(id)} exists already; PUT replaces it.");
            case "mismatch":
                throw Mismatch(id, answer.Revision);
            case "taken":
                throw new MeshException(ErrorCode.Conflict, $"'{id.Name}' is the name of a model, or means a version of one; an alias needs another.");
            case "missing":
                throw MeshException.Invalid([.. references
                    .Where(reference => answer.Rest.Contains(reference.Key, StringComparer.Ordinal))
                    .Select(reference => TargetFaults.Of(reference, TargetFaults.MayBeAlias(entry)))]);
        }

        await SettleAsync();
        return new Written<T>((T)StoredTraffic.Parse(id.Kind, answer.Rest[0])!, answer.Outcome is "created");
    }

    /// <param name="id">Names the entry.</param>
    /// <param name="expectedRevision">The revision that is to go; null: whatever is there.</param>
    /// <returns>False when there is none.</returns>
    /// <exception cref="MeshException"><c>conflict</c> that names who refers to the alias; <c>precondition_failed</c>, <c>store_unavailable</c>.</exception>
    public async Task<bool> RemoveAsync(TrafficId id, long? expectedRevision)
    {
        var answer = await scripts.RemoveAsync(id, expectedRevision);
        switch (answer.Outcome)
        {
            case "missing":
                return false;
            case "mismatch":
                throw Mismatch(id, answer.Revision);
            case "referenced":
                throw Referrers.Conflict(Label(id), ReferrerList.Read(answer.Rest));
        }

        await SettleAsync();
        return true;
    }

    /// <summary>An entry as people read of it.</summary>
    public static string Label(TrafficId id) => id.Kind == TrafficKinds.Routing ? "The routing" : $"{char.ToUpperInvariant(id.Kind[0])}{id.Kind[1..]} '{id.Name}'";

    private async Task SettleAsync()
    {
        await durability.ConfirmAsync();
        await catalog.RefreshAsync(CancellationToken.None);
    }

    private static MeshException Mismatch(TrafficId id, long revision) =>
        new(ErrorCode.PreconditionFailed, revision == 0 ? $"{Label(id)} does not exist." : $"{Label(id)} is at revision {revision}.");
}
