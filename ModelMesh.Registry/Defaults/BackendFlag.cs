namespace ModelMesh.Registry.Defaults;

/// <summary>A command-line flag of the system that this one follows, and the setting that it stands for.</summary>
internal sealed record BackendFlag(string Name, string Setting)
{
    /// <summary>Qwen is served by vLLM, or by what speaks its wire format, so its flags are that type's defaults.</summary>
    public static IReadOnlyList<BackendFlag> All { get; } =
    [
        new("openai-base-url", "Backends:openai:Endpoint"),
        new("openai-api-key", "Backends:openai:ApiKey"),
        new("ollama-base-url", "Backends:ollama:Endpoint"),
        new("qwen-base-url", "Backends:vllm:Endpoint"),
        new("qwen-api-key", "Backends:vllm:ApiKey"),
    ];

    /// <summary>A setting as an operator may have given it: its name, and the flag's where it has one.</summary>
    public static string Describe(string setting) =>
        All.FirstOrDefault(flag => string.Equals(flag.Setting, setting, StringComparison.OrdinalIgnoreCase)) is { } flag ? $"{setting} (--{flag.Name})" : setting;
}
