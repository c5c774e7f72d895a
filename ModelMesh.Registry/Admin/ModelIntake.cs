using ModelMesh.Contracts.Catalog;
using ModelMesh.Contracts.Errors;
using ModelMesh.Registry.Plugins;

namespace ModelMesh.Registry.Admin;

/// <summary>
/// Turns a request into a model that may be stored, or into the list of all that is wrong with it, the plugin's own faults among it. The plugin has made a backend for
/// each endpoint by then, so an update that could not serve is refused while the revision before it serves on.
/// </summary>
internal sealed class ModelIntake(BodyReader bodies, IBackendTypes backends)
{
    /// <returns>A body without faults.</returns>
    /// <exception cref="MeshException"><c>invalid_request</c>, <c>payload_too_large</c>.</exception>
    public async Task<ModelBody> ReadAsync(HttpRequest request, ModelId? path)
    {
        var body = ModelBodyParser.Parse(await bodies.ReadAsync(request), path);
        if (body.BackendIsReadable)
        {
            var cancellationToken = request.HttpContext.RequestAborted;
            IEnumerable<Task<IReadOnlyList<ErrorDetail>>> checks = body.Model.Backends.Count == 0
                ? [FaultsAsync(body.Model, "backend.endpoint", cancellationToken)]
                : body.Model.Backends.Index().Where(item => item.Item.Endpoint.Length > 0)
                    .Select(item => FaultsAsync(EndpointSettings.At(body.Model, item.Item), $"backends[{item.Index}].endpoint", cancellationToken));
            foreach (var detail in (await Task.WhenAll(checks)).SelectMany(details => details))
            {
                // A field that was found wrong already needs no second opinion.
                if (!body.Faults.Names(detail.Field))
                {
                    body.Faults.Add(detail.Field, detail.Message);
                }
            }
        }

        body.Faults.ThrowIfAny();
        return body;
    }

    private async Task<IReadOnlyList<ErrorDetail>> FaultsAsync(ModelVersion model, string endpointField, CancellationToken cancellationToken)
    {
        try
        {
            await backends.ValidateAsync(model, cancellationToken);
            return [];
        }
        catch (MeshException exception) when (exception.Code == ErrorCode.InvalidRequest)
        {
            return [.. exception.Details.Select(detail => detail.Field is "backend.endpoint" ? detail with { Field = endpointField } : detail)];
        }
    }
}
