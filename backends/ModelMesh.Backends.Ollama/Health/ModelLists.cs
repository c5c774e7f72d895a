namespace ModelMesh.Backends.Ollama.Health;

/// <summary>What <c>/api/tags</c> answers: the models that the server has.</summary>
internal sealed record InstalledModels(IReadOnlyList<InstalledModel>? Models);

/// <summary>A model that the server has.</summary>
internal sealed record InstalledModel(string? Name, string? Model, string? Digest, long? Size, ModelDetails? Details);

/// <summary>What a server says of a model's weights.</summary>
internal sealed record ModelDetails(string? ParameterSize, string? QuantizationLevel);

/// <summary>What <c>/api/ps</c> answers: the models in the server's memory.</summary>
internal sealed record LoadedModels(IReadOnlyList<LoadedModel>? Models);

/// <summary>A model in the server's memory.</summary>
internal sealed record LoadedModel(string? Name, string? Model, long? SizeVram);
