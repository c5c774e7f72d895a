using System.Text.Json;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Gateway.Ollama.Body;

/// <summary>
/// What a request says of how an Ollama server runs the model. An Ollama backend gets it; for others it has no meaning, and an answer is no other
/// without it.
/// </summary>
internal static class RunnerFields
{
    private const string KeepAlive = "keep_alive";
    private static readonly string[] Flags = ["truncate", "shift"];

    private static readonly HashSet<string> Options = new(StringComparer.Ordinal)
    {
        "num_ctx", "num_batch", "num_gpu", "main_gpu", "num_thread", "num_keep", "use_mmap", "use_mlock", "low_vram", "f16_kv", "logits_all", "vocab_only",
        "embedding_only", "numa", "penalize_newline",
    };

    /// <summary>Whether an option is about the running of the model.</summary>
    public static bool IsOption(string name) => Options.Contains(name);

    /// <param name="unloads">Whether the model is to be dropped at once.</param>
    public static Dictionary<string, JsonElement> Read(FieldReader fields, out bool unloads)
    {
        var read = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        unloads = false;
        if (fields.TryTake(KeepAlive, out var keepAlive))
        {
            if (keepAlive.ValueKind is not (JsonValueKind.Number or JsonValueKind.String))
            {
                fields.Wrong(KeepAlive, "a duration or a number of seconds", keepAlive);
            }

            fields.CheckFreeForm(KeepAlive, keepAlive);
            unloads = IsNothing(keepAlive);
            read.Add(KeepAlive, keepAlive);
        }

        foreach (var name in Flags)
        {
            if (!fields.TryTake(name, out var flag))
            {
                continue;
            }

            if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                fields.Wrong(name, "true or false", flag);
            }

            read.Add(name, flag);
        }

        return read;
    }

    private static bool IsNothing(JsonElement keepAlive) =>
        keepAlive.ValueKind == JsonValueKind.Number ? keepAlive.TryGetDouble(out var seconds) && seconds == 0 : JsonText.Of(keepAlive) is "0" or "0s" or "0m" or "0h";
}
