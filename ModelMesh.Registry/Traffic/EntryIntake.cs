using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary>Turns a request into an entry that may be stored, or into the list of all that is wrong with it.</summary>
internal sealed class EntryIntake(BodyReader bodies, ICatalog catalog)
{
    private static readonly string[] ReadOnlyFields = ["revision", "created_at", "updated_at"];

    /// <param name="request">The request.</param>
    /// <param name="readName">Takes the name out of the body.</param>
    /// <param name="read">Takes the rest.</param>
    /// <param name="readOnlyFields">What answers show and bodies may not give, besides revision and times.</param>
    /// <exception cref="MeshException"><c>invalid_request</c>, <c>payload_too_large</c>, <c>store_unavailable</c>.</exception>
    public async Task<T> ReadAsync<T>(
        HttpRequest request, Func<FieldReader, string> readName, Func<FieldReader, string, FaultList, CatalogSnapshot, T> read, params IEnumerable<string> readOnlyFields)
        where T : ITrafficEntry
    {
        using var document = JsonBody.ParseObject(await bodies.ReadAsync(request));

        // What it refers to may have been registered through another replica a moment ago.
        var snapshot = await catalog.RefreshAsync(request.HttpContext.RequestAborted);
        var faults = new FaultList();
        var fields = new FieldReader(document.RootElement, "", faults);
        var entry = read(fields, readName(fields), faults, snapshot);
        fields.RefuseReadOnly(ReadOnlyFields.Concat(readOnlyFields));
        fields.RefuseTheRest();
        var mayBeAlias = TargetFaults.MayBeAlias(entry);
        foreach (var reference in TrafficReference.Of(entry).Where(reference => reference.Target.Model.Length > 0 && !TargetFaults.Stands(snapshot, reference.Target, mayBeAlias)))
        {
            var fault = TargetFaults.Of(reference, mayBeAlias);
            faults.Add(fault.Field, fault.Message);
        }

        faults.ThrowIfAny();
        return entry;
    }
}
