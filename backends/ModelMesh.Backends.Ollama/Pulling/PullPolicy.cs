namespace ModelMesh.Backends.Ollama.Pulling;

/// <summary>What to do about a model that the server does not have.</summary>
internal enum PullPolicy
{
    /// <summary>Say so.</summary>
    Never,

    /// <summary>Have the server download it.</summary>
    Missing,
}
