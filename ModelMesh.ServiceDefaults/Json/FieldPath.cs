namespace ModelMesh.ServiceDefaults.Json;

/// <summary>The path of a field as faults show it. What a client chose to name endlessly is cut: the path is repeated with every fault beneath it.</summary>
public static class FieldPath
{
    private const int MaxName = 100;
    private const int MaxPath = 400;

    public static string Join(string path, string name)
    {
        if (path.Length > MaxPath)
        {
            return path;
        }

        var shown = name.Length <= MaxName ? name : string.Concat(name.AsSpan(0, MaxName), "…");
        return path.Length == 0 ? shown : $"{path}.{shown}";
    }

    public static string At(string path, int index) => path.Length > MaxPath ? path : $"{path}[{index}]";
}
