using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Admin;

/// <summary>Turns a request into a model that may be stored, or into the list of all that is wrong with it, the plugin's own faults among it.</summary>
internal sealed class ModelIntake(BodyReader bodies, IBackendTypes backends)
{
    /// <exception cref="MeshException"><c>invalid_request</c>, <c>payload_too_large</c>.</exception>
    public async Task<ModelVersion> ReadAsync(HttpRequest request, ModelId? path)
    {
        var body = ModelBodyParser.Parse(await bodies.ReadAsync(request), path);
        var faults = body.Faults.ToList();
        if (body is { Model: not null, BackendIsReadable: true })
        {
            try
            {
                await backends.ValidateAsync(body.Model, request.HttpContext.RequestAborted);
            }
            catch (MeshException exception) when (exception.Code == ErrorCode.InvalidRequest)
            {
                // A field that was found wrong already needs no second opinion.
                faults.AddRange(exception.Details.Where(detail => !faults.Exists(known => string.Equals(known.Field, detail.Field, StringComparison.Ordinal))));
            }
        }

        return faults.Count == 0 ? body.Model! : throw MeshException.Invalid(faults);
    }
}
