namespace ModelMesh.Scripts.Clients;

/// <summary>One client's checks.</summary>
internal sealed record ClientGroup(string Name, Func<ClientModels, Checks, CancellationToken, Task> RunAsync)
{
    public static IReadOnlyList<ClientGroup> All { get; } =
    [
        Node("openai-js"),
        Node("ai-sdk"),
        Node("ollama-js"),
        Node("anthropic-js"),
        new("openai-dotnet", OpenAIChecks.RunAsync),
        new("anthropic-dotnet", AnthropicChecks.RunAsync),
    ];

    /// <summary>The groups of a comma separated list, all for an empty one.</summary>
    public static IReadOnlyList<ClientGroup> Named(string names)
    {
        if (names.Length == 0)
        {
            return All;
        }

        return [.. names.Split(',', StringSplitOptions.TrimEntries).Select(name =>
            All.FirstOrDefault(group => group.Name == name) ?? throw new ScriptException($"--only: there is no '{name}'; there are {string.Join(", ", All.Select(group => group.Name))}"))];
    }

    private static ClientGroup Node(string name) => new(name, (models, checks, token) => NodeClients.RunAsync(name, models, checks, token));
}
