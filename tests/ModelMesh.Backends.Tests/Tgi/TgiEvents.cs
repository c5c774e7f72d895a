using System.Text.Json;

namespace ModelMesh.Backends.Tests.Tgi;

/// <summary>Events as TGI sends them.</summary>
internal static class TgiEvents
{
    public static string Token(string text, double logProbability = -0.5, bool special = false) =>
        $$$"""data:{"index":1,"token":{"id":1,"text":{{{JsonSerializer.Serialize(text)}}},"logprob":{{{logProbability}}},"special":{{{(special ? "true" : "false")}}}},"generated_text":null,"details":null}""" + "\n\n";

    public static string Last(string text, string reason, bool special = false) =>
        $$$"""data:{"index":2,"token":{"id":2,"text":{{{JsonSerializer.Serialize(text)}}},"logprob":-0.25,"special":{{{(special ? "true" : "false")}}}},"generated_text":"all again","details":{"finish_reason":"{{{reason}}}","generated_tokens":7,"seed":1,"input_length":11}}""" + "\n\n";
}
