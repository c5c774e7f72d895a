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

    [Fact]
    public async Task LeanClient_CallerThatTakesEachTextAtOnce_AllocatesTheTextAlone()
    {
        var options = new BackendCallOptions { MayReuseUpdates = true };
        await AllocatedAsync(chunks: 100, options);
        var bytesPerChunk = (await AllocatedAsync(chunks: 3_000, options) - await AllocatedAsync(chunks: 1_000, options)) / 2_000.0;

        // A string: its object, its length, its characters and the zero after them.
        var text = (2 * IntPtr.Size) + sizeof(int) + ((Text.Length + 1) * sizeof(char));
        var aligned = (text + IntPtr.Size - 1) / IntPtr.Size * IntPtr.Size;

        // No object costs less than 24 bytes. About as much is there in a debug build, where async methods are objects, for each read of many chunks.
        Assert.InRange(bytesPerChunk, aligned, aligned + 40);
    }

    [Fact]
    public async Task LeanClient_CallerThatAsksForTheWholeAnswer_GetsItWhetherItTakesTextsAtOnceOrNot()
    {
        using var client = Client(Body(chunks: 3));
        var answer = await client.GetResponseAsync([new(ChatRole.User, "hello")], new BackendCallOptions { MayReuseUpdates = true });

        Assert.Equal(Text + Text + Text, answer.Text);
    }

    private static async Task<long> AllocatedAsync(int chunks, BackendCallOptions? options = null)
    {
        using var client = Client(Body(chunks));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = CharactersAsync(client, options ?? new BackendCallOptions());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(reading.IsCompletedSuccessfully, "The stream was not read at once, so part of its work was on another thread.");
        Assert.Equal(chunks * Text.Length, await reading);
        return allocated;
    }

    private static byte[] Body(int chunks) => Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, Chunk, chunks).Append(End).ToString());

    // Nothing here is disposed but the client: an upstream in memory holds nothing.
    private static OpenAIWireChatClient Client(byte[] body)
    {
        var http = new UpstreamHttp(new ConnectionLease(new MemoryUpstream(body), new UpstreamConnections()), apiKey: null, TimeProvider.System);
        return new OpenAIWireChatClient(http, new UpstreamSettings(new Uri("http://upstream.invalid/v1"), "m", ApiKey: null, Extra: null));
    }

    private static async Task<int> CharactersAsync(OpenAIWireChatClient client, BackendCallOptions options)
    {
        var characters = 0;
        await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, "hello")], options))
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
