using System.Text.Json.Nodes;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Routing;

namespace ModelMesh.Gateway.Registry.Continuation;

/// <summary>Makes of a request one that goes on with an answer: what was sent is the beginning of the assistant's message at the end of the conversation.</summary>
internal static class Prefill
{
    private const string Assistant = "assistant";

    // It begins a new message otherwise. Ollama, llama.cpp and TGI go on with a last message of the assistant by themselves.
    private static readonly Dictionary<string, (string Field, bool Value)[]> Fields = new(StringComparer.Ordinal)
    {
        ["vllm"] = [("continue_final_message", true), ("add_generation_prompt", false)],
    };

    /// <summary>Changes the request, which is of this attempt alone, but none of the messages and options that it shares with others.</summary>
    public static void Add(InferRequest request, ModelRoute route, SentAnswer sent)
    {
        var last = request.Messages.Count - 1;
        if (last >= 0 && request.Messages[last].Role == Assistant)
        {
            // The client had begun the answer itself.
            var begun = request.Messages[last].Clone();
            begun.Content += sent.Text;
            request.Messages[last] = begun;
        }
        else
        {
            request.Messages.Add(new ChatMessage { Role = Assistant, Content = sent.Text });
        }

        request.Options = request.Options.Clone();
        if (request.Options.HasMaxTokens)
        {
            // A piece may be less than a token, so that one is always left to end with.
            request.Options.MaxTokens = Math.Max(1, request.Options.MaxTokens - sent.Pieces);
        }

        if (Fields.TryGetValue(route.Model.BackendType, out var fields))
        {
            request.Options.ExtraJson = With(request.Options.ExtraJson, fields);
        }
    }

    private static string With(string json, (string Field, bool Value)[] fields)
    {
        var extra = json.Length == 0 ? [] : JsonNode.Parse(json)!.AsObject();
        foreach (var (field, value) in fields)
        {
            extra[field] = value;
        }

        return extra.ToJsonString();
    }
}
