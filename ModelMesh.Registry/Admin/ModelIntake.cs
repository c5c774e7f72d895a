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
        if (body.BackendIsReadable)
        {
            try
            {
                await backends.ValidateAsync(body.Model, request.HttpContext.RequestAborted);
            }
            catch (MeshException exception) when (exception.Code == ErrorCode.InvalidRequest)
            {
                // A field that was found wrong already needs no second opinion.
                foreach (var detail in exception.Details.Where(detail => !body.Faults.Names(detail.Field)).ToList())
                {
                    body.Faults.Add(detail.Field, detail.Message);
                }
            }
        }

        body.Faults.ThrowIfAny();
        return body.Model;
    }
}
