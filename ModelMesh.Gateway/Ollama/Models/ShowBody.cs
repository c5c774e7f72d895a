using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Ollama.Body;
using ModelMesh.Gateway.Routing;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Models;

/// <summary>The body of <c>POST /api/show</c>: <c>model</c>, or <c>name</c> as it was called before. Other fields change the model that is shown, which cannot be done here: they are passed over.</summary>
internal static class ShowBody
{
    /// <exception cref="MeshException"><c>invalid_request</c>.</exception>
    public static ShownModel Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonBody.ParseObject(body);
        var faults = new FaultList(UnknownFields.Allowed);
        var fields = new FieldReader(document.RootElement, "", faults);
        var model = OllamaModel.ReadRequired(fields, fields.Has("name") && !fields.Has("model") ? "name" : "model");
        faults.ThrowIfAny();
        return new ShownModel { Model = model, IsReference = true, DefaultTag = OllamaModel.DefaultTag, HashKey = model };
    }
}

/// <summary>The model that is to be shown. Of several versions it is always the same one: a hash key chooses it.</summary>
internal sealed class ShownModel : ModelRequest;
