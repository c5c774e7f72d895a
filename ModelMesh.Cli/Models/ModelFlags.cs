using System.CommandLine;
using System.Text.Json.Nodes;
using ModelMesh.Cli.Completion;
using ModelMesh.Cli.Running;
using ModelMesh.Cli.Values;

namespace ModelMesh.Cli.Models;

/// <summary>The fields of a model version as options. Only those that the command line says are written into a definition.</summary>
internal sealed class ModelFlags
{
    private readonly List<(Option Option, Action<CommandContext, JsonObject> Write)> _flags = [];

    public ModelFlags(KnownNames names)
    {
        Text("--backend", "backend_type", "The backend's type; `mesh backends` lists them", "TYPE").CompletionSources.Add(names.BackendTypes);
        Text("--endpoint", "backend.endpoint", "The upstream's address", "URL");
        Text("--upstream-model", "backend.model", "The upstream's name for the model; the registered one if absent", "NAME");
        Text("--key", "backend.api_key", "A reference to the upstream's key: env:NAME or file:/path, read by the registry", "REFERENCE");
        Many("--set", "A setting of the backend, as text=\"hello\" or extra.top_k=20; numbers, true, false and JSON are such", "KEY=VALUE", Settings);
        Number("--max-concurrency", "max_concurrency", "How many requests may run at once over the whole mesh; 1");
        Number("--weight", "weight", "Its share of the requests that name no version; 100");
        Flag("--shadow", "shadow", "It gets copies of requests, whose answers are compared and thrown away");
        Number("--shadow-sample", "shadow_sample", "Of how many requests, in percent; 100");
        Many("--capability", "What it can do, as tools or vision; may be repeated", "NAME", Names("capabilities"));
        Many("--label", "May be repeated", "KEY=VALUE", Labels);
        Many("--adapter", "A LoRA adapter that the backend serves on it; may be repeated", "NAME", Names("adapters"));
        Number("--max-queue", "max_queue", "How many requests may wait for a slot; 0");
        Text("--queue-timeout", "queue_timeout", "How long one may wait, as 30s", "TIME");
        Number("--first-token-ms", "timeouts.first_token_ms", "How long the first token may take, in milliseconds; 60000");
        Number("--idle-ms", "timeouts.idle_ms", "How long each later one may take, in milliseconds; 30000");
        Many("--replica", "One of several endpoints, with a weight where balancing looks at it; may be repeated", "URL[=WEIGHT]", Endpoints);
        Text("--balancing", "balancing", "How one of them is chosen", "POLICY")
            .CompletionSources.Add("round_robin", "least_in_flight", "power_of_two_choices", "weighted_random", "consistent_hash", "prefix_affinity");
        Number("--max-retries", "resilience.max_retries", "How often a request is sent again before its first token; 2");
        Number("--cost", "cost", "What it costs, in any unit that is the same for all models; 0");
        Text("--cache", "cache.ttl", "How long answers are kept for requests that are exactly the same, as 5m", "TIME");
    }

    public IEnumerable<Option> Options => _flags.Select(flag => flag.Option);

    /// <summary>Writes what the command line says into a definition, and leaves the rest as it is.</summary>
    public void Write(CommandContext context, JsonObject definition)
    {
        foreach (var (option, write) in _flags.Where(flag => context.Has(flag.Option)))
        {
            write(context, definition);
        }
    }

    private Option<string?> Text(string name, string field, string description, string helpName)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        _flags.Add((option, (context, definition) => KeyValue.Put(definition, field, context.Get(option))));
        return option;
    }

    private void Number(string name, string field, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "NUMBER" };
        _flags.Add((option, (context, definition) => KeyValue.Put(definition, field, context.Get(option) is { } number ? Whole(number) : null)));
    }

    private void Flag(string name, string field, string description)
    {
        var option = new Option<bool>(name) { Description = description };
        _flags.Add((option, (context, definition) => KeyValue.Put(definition, field, context.Get(option))));
    }

    private void Many(string name, string description, string helpName, Action<JsonObject, string[]> write)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = helpName };
        _flags.Add((option, (context, definition) => write(definition, context.Get(option) ?? [])));
    }

    // 8 is to be sent as 8, not as 8.0.
    private static JsonValue Whole(double number) => number is >= long.MinValue and <= long.MaxValue && number == Math.Floor(number) ? JsonValue.Create((long)number) : JsonValue.Create(number);

    private static void Settings(JsonObject definition, string[] settings)
    {
        foreach (var (key, value) in settings.Select(setting => KeyValue.Split("--set", setting)))
        {
            KeyValue.Put(definition, $"backend.{key}", KeyValue.Json(value));
        }
    }

    private static Action<JsonObject, string[]> Names(string field) => (definition, names) => definition[field] = new JsonArray([.. names.Where(name => name.Length > 0).Select(name => JsonValue.Create(name))]);

    private static void Labels(JsonObject definition, string[] labels)
    {
        var section = definition["labels"] as JsonObject ?? [];
        definition["labels"] = section;
        foreach (var (key, value) in labels.Select(label => KeyValue.Split("--label", label)))
        {
            section[key] = value;
        }
    }

    private static void Endpoints(JsonObject definition, string[] endpoints) => definition["backends"] = new JsonArray([.. endpoints.Select(text =>
    {
        var sign = text.LastIndexOf('=');
        var weighted = sign > 0 && int.TryParse(text.AsSpan(sign + 1), System.Globalization.NumberStyles.None, null, out _);
        var endpoint = new JsonObject { ["endpoint"] = weighted ? text[..sign] : text };
        if (weighted)
        {
            endpoint["weight"] = int.Parse(text.AsSpan(sign + 1), System.Globalization.CultureInfo.InvariantCulture);
        }

        return endpoint;
    })]);
}
