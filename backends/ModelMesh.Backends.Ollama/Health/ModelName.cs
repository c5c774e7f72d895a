namespace ModelMesh.Backends.Ollama.Health;

/// <summary>Ollama's names: a name without a tag means <c>:latest</c>, and case does not matter.</summary>
internal static class ModelName
{
    public static bool AreSame(string? listed, string wanted) =>
        listed is not null && string.Equals(WithTag(listed), WithTag(wanted), StringComparison.OrdinalIgnoreCase);

    // A colon before the last slash is of a registry's port.
    private static string WithTag(string name) => name.IndexOf(':', name.LastIndexOf('/') + 1) >= 0 ? name : $"{name}:latest";
}
