using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Tests.Plugins;
using ModelMesh.Backends.Tgi;
using Xunit;

namespace ModelMesh.Backends.Tests.Tgi;

public sealed class PromptTests
{
    private static readonly ChatMessage[] Conversation =
    [
        new(ChatRole.System, "Be brief."),
        new(ChatRole.User, [new TextContent("See "), new UriContent("https://images.invalid/a(1).png", "image/png"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]),
    ];

    [Theory]
    [InlineData("chatml", "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nSee IMAGES<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(
        "llama3",
        "<|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nSee IMAGES<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData("plain", "Be brief.\nSee IMAGES")]
    public async Task Template_OfTheSettings_MakesThePrompt(string template, string expected)
    {
        await using var bench = Bench(template);

        await bench.ChatAsync(null, Conversation);

        Assert.Equal(
            expected.Replace("IMAGES", "![](https://images.invalid/a(1%29.png)![](data:image/png;base64,AQID)", StringComparison.Ordinal),
            (string?)Assert.Single(bench.Bodies("/generate_stream"))["inputs"]);
    }

    [Fact]
    public async Task Template_WhereTheAssistantSpokeLast_LetsItGoOn()
    {
        await using var bench = Bench("chatml");

        await bench.ChatAsync(null, new(ChatRole.User, "Count."), new(ChatRole.Assistant, "One, t"));

        Assert.Equal("<|im_start|>user\nCount.<|im_end|>\n<|im_start|>assistant\nOne, t", (string?)Assert.Single(bench.Bodies("/generate_stream"))["inputs"]);
    }

    [Fact]
    public async Task Template_OfTheServer_IsAskedForWithTheMessagesAndItsTextUsed()
    {
        await using var bench = Bench("server").On("/chat_tokenize", """{"tokenize_response":[],"templated_text":"<<Be brief.>>"}""");

        await bench.ChatAsync(null, Conversation);

        var expected = JsonNode.Parse(
            """
            {"model":"tgi","messages":[{"role":"system","content":"Be brief."},
             {"role":"user","content":[{"type":"text","text":"See "},
              {"type":"image_url","image_url":{"url":"https://images.invalid/a(1%29.png"}},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}}]}]}
            """);
        Assert.True(JsonNode.DeepEquals(expected, Assert.Single(bench.Bodies("/chat_tokenize"))));
        Assert.Equal("<<Be brief.>>", (string?)Assert.Single(bench.Bodies("/generate_stream"))["inputs"]);
    }

    [Theory]
    [InlineData("""[{"id":1,"text":"","start":0,"stop":0},{"id":5,"text":"a","start":0,"stop":1}]""", "[INST]hi")]
    [InlineData("""[{"id":2,"text":"","start":0,"stop":0},{"id":5,"text":"a","start":0,"stop":1}]""", "<s>[INST]hi")]
    [InlineData("""[{"id":1,"text":"a","start":0,"stop":1}]""", "<s>[INST]hi")]
    public async Task BeginningToken_ThatTheServerAddsItself_IsTakenOffTheTemplatesTextAndAskedForOnce(string tokens, string expected)
    {
        await using var bench = Bench("server")
            .On("/chat_tokenize", """{"templated_text":"<s>[INST]hi","tokenize_response":[{"id":1,"text":"<s>","start":0,"stop":3},{"id":9,"text":"[INST]","start":3,"stop":9}]}""")
            .On("/tokenize", tokens);

        await bench.ChatAsync();
        await bench.ChatAsync();

        Assert.All(bench.Bodies("/generate_stream"), body => Assert.Equal(expected, (string?)body["inputs"]));
        Assert.Single(bench.Bodies("/tokenize"));
    }

    [Fact]
    public async Task BeginningToken_OfAServerThatDoesNotTell_LeavesTheTextAsItIs()
    {
        await using var bench = Bench("server").On("/chat_tokenize", """{"templated_text":"<s>hi","tokenize_response":[{"id":1,"text":"<s>","start":0,"stop":3}]}""");

        await bench.ChatAsync();

        Assert.Equal("<s>hi", (string?)Assert.Single(bench.Bodies("/generate_stream"))["inputs"]);
    }

    [Fact]
    public async Task Server_WithoutTemplatedText_FailsAsProtocol()
    {
        await using var bench = Bench("server").On("/chat_tokenize", """{"tokenize_response":[]}""");

        Assert.Equal(BackendErrorKind.Protocol, (await Assert.ThrowsAsync<BackendException>(() => bench.ChatAsync())).Kind);
    }

    private static PluginBench Bench(string template) =>
        new PluginBench(new TgiFactory(), $$"""{"template":"{{template}}"}""").On("/generate_stream", "text/event-stream", TgiEvents.Last("x", "length"));
}
