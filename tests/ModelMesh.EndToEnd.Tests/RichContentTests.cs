using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Xunit;

namespace ModelMesh.EndToEnd.Tests;

/// <summary>Everything a chat model does besides text, through gateway, wire, plugin and back.</summary>
[Collection(SharedMesh.Name)]
public sealed class RichContentTests(SharedMesh shared)
{
    [Fact]
    public async Task Infer_ParallelToolCalls_ArriveInPiecesAndTheRoundTripEndsInAnAnswer()
    {
        await shared.Mesh.RegisterAsync("rich-tools", new JsonObject { ["tool_calls"] = 2, ["text"] = "It is 7.", ["tool_arguments"] = new JsonObject { ["a"] = "ä" } }, 10);
        var tools = JsonNode.Parse("""[{"type":"function","function":{"name":"add","parameters":{"type":"object"}}},{"type":"function","function":{"name":"mul"}}]""")!;
        var messages = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "3 and 4?" });
        var asked = await InferAsync(new JsonObject { ["model"] = "rich-tools", ["messages"] = messages.DeepClone(), ["tools"] = tools.DeepClone() });

        Assert.Equal("tool_calls", (string?)asked[^1]["finish_reason"]);
        var pieces = asked.SelectMany(data => data["tool_calls"]?.AsArray() ?? []).ToList();
        Assert.Equal(6, pieces.Count);
        var calls = pieces.GroupBy(piece => (int)piece!["index"]!).OrderBy(call => call.Key).Select(call => new JsonObject
        {
            ["id"] = (string)call.First()!["id"]!,
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = (string)call.First()!["function"]!["name"]!,
                ["arguments"] = string.Concat(call.Select(piece => (string?)piece!["function"]!["arguments"])),
            },
        }).ToArray<JsonNode>();
        Assert.Equal(["add", "mul"], calls.Select(call => (string?)call["function"]!["name"]));
        Assert.All(calls, call => Assert.Equal("ä", (string?)JsonNode.Parse((string)call["function"]!["arguments"]!)!["a"]));

        var results = calls.Select(call => new JsonObject { ["role"] = "tool", ["tool_call_id"] = (string)call["id"]!, ["content"] = "7" }).ToArray();
        messages.Add(new JsonObject { ["role"] = "assistant", ["tool_calls"] = new JsonArray(calls) });
        foreach (var result in results)
        {
            messages.Add(result);
        }

        var answered = await InferAsync(new JsonObject { ["model"] = "rich-tools", ["messages"] = messages, ["tools"] = tools });
        Assert.Equal("It is 7.", string.Concat(answered.Select(data => (string?)data["token"])));
        Assert.Equal("stop", (string?)answered[^1]["finish_reason"]);
    }

    [Fact]
    public async Task Infer_AReasoningModel_ItsThoughtsComeApartFromItsAnswer()
    {
        await shared.Mesh.RegisterAsync("rich-thinker", new JsonObject { ["reasoning"] = "let me \"see\"", ["text"] = "yes" }, 10);
        var events = await InferAsync(new JsonObject { ["model"] = "rich-thinker", ["input"] = "?" });

        Assert.Equal("let me \"see\"", string.Concat(events.Select(data => (string?)data["reasoning"])));
        Assert.Equal("yes", string.Concat(events.Select(data => (string?)data["token"])));
    }

    [Fact]
    public async Task Infer_ThreeAnswersWithLogProbabilities_EachIsWholeAndEndsForItself()
    {
        await shared.Mesh.RegisterAsync("rich-several", new JsonObject { ["text"] = "one two three" }, 10);
        var events = await InferAsync(new JsonObject { ["model"] = "rich-several", ["input"] = "?", ["n"] = 3, ["max_tokens"] = 2, ["logprobs"] = true, ["top_logprobs"] = 1 });

        var tokens = events[..^1];
        Assert.All(Enumerable.Range(0, 3), choice => Assert.Equal("one two", string.Concat(tokens.Where(data => ((int?)data["choice"] ?? 0) == choice).Select(data => (string?)data["token"]))));
        Assert.All(tokens, data => Assert.Equal((string?)data["token"], (string?)data["logprobs"]![0]!["top_logprobs"]![0]!["token"]));
        Assert.Equal(["length", "length", "length"], events[^1]["finish_reasons"]!.AsArray().Select(reason => (string?)reason));
    }

    [Fact]
    public async Task Infer_ImagesAndAJsonSchema_AreTakenAndTheTextIsAnswered()
    {
        await shared.Mesh.RegisterAsync("rich-eyes", [], 10);
        var events = await InferAsync(JsonNode.Parse("""
            {"model":"rich-eyes","messages":[{"role":"user","content":[
                {"type":"text","text":"what is it?"},
                {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},
                {"type":"image_url","image_url":{"url":"https://example.org/cat.png"}}]}],
             "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}}
            """)!.AsObject());
        Assert.Equal("what is it?", string.Concat(events.Select(data => (string?)data["token"])));
    }

    [Fact]
    public async Task Embed_ThroughTheMesh_AnswersAVectorForEachTextAndFreesTheSlot()
    {
        await shared.Mesh.RegisterAsync("rich-vectors", new JsonObject { ["dimensions"] = 3 }, 1);
        for (var i = 0; i < 3; i++)
        {
            using var response = await shared.Mesh.Gateway.PostAsJsonAsync(new Uri("/embed", UriKind.Relative), new JsonObject { ["model"] = "rich-vectors", ["input"] = new JsonArray("a", "b") });
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.True(response.IsSuccessStatusCode, body.ToJsonString());
            Assert.Equal([3, 3], body["embeddings"]!.AsArray().Select(vector => vector!.AsArray().Count));
        }
    }

    // The data of every event; the stream has to end with done.
    private async Task<List<JsonNode>> InferAsync(JsonObject body)
    {
        using var response = await shared.Mesh.Gateway.PostAsJsonAsync(new Uri("/infer", UriKind.Relative), body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        using var stream = await response.Content.ReadAsStreamAsync();
        var events = SseParser.Create(stream).Enumerate().ToList();
        Assert.Equal("done", events[^1].EventType);
        return [.. events.Select(item => JsonNode.Parse(item.Data)!)];
    }
}
