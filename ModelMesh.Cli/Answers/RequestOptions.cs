using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Answers;

/// <summary>What a request may say besides its messages, as options that <c>infer</c>, <c>chat</c> and <c>load</c> share.</summary>
internal sealed class RequestOptions
{
    private readonly Option<string?> _system = new("--system") { Description = "A system message before the others", HelpName = "TEXT" };
    private readonly Option<int?> _maxTokens = new("--max-tokens") { Description = "The most tokens of an answer", HelpName = "NUMBER" };
    private readonly Option<double?> _temperature = new("--temperature") { Description = "0 to 2", HelpName = "NUMBER" };
    private readonly Option<string?> _hashKey = new("--hash-key") { Description = "Requests with one key go to one version", HelpName = "TEXT" };
    private readonly Option<string[]> _field = new("--field") { Description = "Any other field of /infer, as seed=7 or extra.top_a=0.2; may be repeated", HelpName = "NAME=VALUE" };

    public IEnumerable<Option> All => [_system, _maxTokens, _temperature, _hashKey, _field];

    public string? System(CommandContext context) => context.Get(_system);

    /// <summary>The body of a request.</summary>
    /// <param name="model">As the user named it; empty: none is named, and routing decides.</param>
    /// <param name="system">What the model is told first; null or empty: nothing.</param>
    public string Body(CommandContext context, string model, string? system, IEnumerable<(string Role, string Text)> messages)
    {
        var all = new JsonArray();
        if (!string.IsNullOrEmpty(system))
        {
            all.Add(Message("system", system));
        }

        foreach (var (role, text) in messages)
        {
            all.Add(Message(role, text));
        }

        var body = new JsonObject { ["messages"] = all };
        Put("model", model.Length == 0 ? null : model);
        Put("max_tokens", context.Get(_maxTokens));
        Put("temperature", context.Get(_temperature));
        Put("hash_key", context.Get(_hashKey));
        foreach (var (name, value) in (context.Get(_field) ?? []).Select(text => KeyValue.Split("--field", text)))
        {
            KeyValue.Put(body, name, KeyValue.Json(value));
        }

        return body.ToJsonString();

        void Put(string field, JsonNode? value)
        {
            if (value is not null)
            {
                body[field] = value;
            }
        }
    }

    private static JsonObject Message(string role, string text) => new() { ["role"] = role, ["content"] = text };
}
