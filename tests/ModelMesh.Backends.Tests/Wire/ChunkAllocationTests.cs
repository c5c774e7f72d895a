using System.Text;
using Microsoft.Extensions.AI;
using ModelMesh.Backends.Sdk;
using ModelMesh.Backends.Wire.Http;
using ModelMesh.Backends.Wire.OpenAIWire;
using ModelMesh.Backends.Wire.Settings;
using Xunit;

namespace ModelMesh.Backends.Tests.Wire;

/// <summary>What the lean client allocates for a token, its update and contents included. Counted, not timed.</summary>
public sealed class ChunkAllocationTests
{
    private const int MaxBytesPerChunk = 400;
    private const string Text = "twenty bytes a chunk";

    private const string Chunk =
        $$"""
        data: {"id":"chatcmpl-5f2f8a0b3c0e4d1e9d4e3b0c7a6f5e41","object":"chat.completion.chunk","created":1767225600,"model":"Qwen/Qwen2.5-7B-Instruct","choices":[{"index":0,"delta":{"content":"{{Text}}"},"logprobs":null,"finish_reason":null}]}


        """;

    private const string End =
        """
        data: {"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: [DONE]


        """;

    [Fact]
    public async Task LeanClient_ChunkOfTwentyBytes_AllocatesAtMost400Bytes()
    {
        // The first run pays for what is made once; the difference of two lengths leaves out what a stream costs however long it is.
        await AllocatedAsync(chunks: 100);
        var bytesPerChunk = (await AllocatedAsync(chunks: 3_000) - await AllocatedAsync(chunks: 1_000)) / 2_000.0;

        Assert.InRange(bytesPerChunk, Text.Length * sizeof(char), MaxBytesPerChunk);
    }

    private static async Task<long> AllocatedAsync(int chunks)
    {
        var upstream = new MemoryUpstream(Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, Chunk, chunks).Append(End).ToString()));
        using var http = new UpstreamHttp(new ConnectionLease(upstream, new UpstreamConnections()), apiKey: null, TimeProvider.System);
        using var client = new OpenAIWireChatClient(http, new UpstreamSettings(new Uri("http://upstream.invalid/v1"), "m", ApiKey: null, Extra: null));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = CharactersAsync(client);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(reading.IsCompletedSuccessfully, "The stream was not read at once, so part of its work was on another thread.");
        Assert.Equal(chunks * Text.Length, await reading);
        return allocated;
    }

    private static async Task<int> CharactersAsync(OpenAIWireChatClient client)
    {
        var characters = 0;
        await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, "hello")], new BackendCallOptions()))
        {
            // A foreach over the interface would allocate an enumerator, which is no part of the client.
            for (var index = 0; index < update.Contents.Count; index++)
            {
                characters += update.Contents[index] is TextContent text ? text.Text.Length : 0;
            }
        }

        return characters;
    }
}
