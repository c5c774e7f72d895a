using ModelMesh.Contracts.Errors;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Http;

namespace ModelMesh.Registry.Traffic;

/// <summary>
/// The calls for one kind of entries that have names. Reading answers from this replica's snapshot, also while the store is away; a change answers when it is on disk
/// and in this replica's snapshot.
/// </summary>
internal sealed class EntryEndpoints<T>(EntryShape<T> shape, EntryIntake intake, TrafficWriter writer, ICatalog catalog)
    where T : class, ITrafficEntry
{
    public async Task ListAsync(HttpContext context)
    {
        new QueryReader(context.Request.Query).Done();
        var snapshot = catalog.Current;
        var body = TrafficJson.List(shape.Collection, shape.Sorted(snapshot.Traffic.Entries.Values.OfType<T>()).Select(entry => shape.View(entry, snapshot)));
        await TaggedJson.WriteAsync(context, StatusCodes.Status200OK, EntityTags.OfBody(body), body);
    }

    public async Task OneAsync(HttpContext context)
    {
        var id = Id(context);
        if ((catalog.Current.Traffic.Find(id) ?? (await catalog.RefreshAsync(context.RequestAborted)).Traffic.Find(id)) is T entry)
        {
            await AnswerAsync(context, StatusCodes.Status200OK, entry);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    public async Task AddAsync(HttpContext context)
    {
        var entry = await ReadAsync(context.Request, inPath: null);
        var written = await writer.WriteAsync(new TrafficId(shape.Kind, shape.NameOf(entry)), entry, TrafficReference.Of(entry), expectedRevision: 0);
        await AnswerCreatedAsync(context, written.Entry);
    }

    public async Task PutAsync(HttpContext context)
    {
        var expected = ETags.Expected(context.Request);
        var id = Id(context);
        var entry = await ReadAsync(context.Request, id.Name);
        if (ETags.DemandsAny(context.Request) && catalog.Current.Traffic.Find(id) is null)
        {
            throw new MeshException(ErrorCode.PreconditionFailed, $"{TrafficWriter.Label(id)} does not exist.");
        }

        var written = await writer.WriteAsync(id, entry, TrafficReference.Of(entry), expected);
        await (written.Created ? AnswerCreatedAsync(context, written.Entry) : AnswerAsync(context, StatusCodes.Status200OK, written.Entry));
    }

    public async Task DeleteAsync(HttpContext context)
    {
        var expected = ETags.Expected(context.Request);
        context.Response.StatusCode = await writer.RemoveAsync(Id(context), expected) ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
    }

    private Task<T> ReadAsync(HttpRequest request, string? inPath) => intake.ReadAsync(request, fields => fields.Name("name", inPath), shape.Read, shape.ReadOnlyFields);

    private TrafficId Id(HttpContext context) => new(shape.Kind, ModelPath.Name(context));

    private Task AnswerCreatedAsync(HttpContext context, T entry)
    {
        context.Response.Headers.Location = $"/{shape.Collection}/{Uri.EscapeDataString(shape.NameOf(entry))}";
        return AnswerAsync(context, StatusCodes.Status201Created, entry);
    }

    private Task AnswerAsync(HttpContext context, int status, T entry)
    {
        var body = TrafficJson.Body(shape.View(entry, catalog.Current));
        return TaggedJson.WriteAsync(context, status, ETags.OfRevision(entry.Revision, body), body);
    }
}
