using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Chat;

namespace ModelMesh.Gateway.Service;

/// <summary>One request of a batch: checked, or what is wrong with it. Its fault is nobody else's.</summary>
internal readonly record struct BatchItem(ChatRequest? Request, MeshException? Fault);
