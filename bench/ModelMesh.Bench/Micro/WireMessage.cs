using Google.Protobuf;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Bench.Micro;

/// <summary>What goes between gateway and registry.</summary>
public enum WireMessage
{
    Request,
    RequestOf32KB,
    OneToken,
    SixtyFourTokens,

    /// <summary>The same as texts, as between a registry and a gateway that know of them.</summary>
    SixtyFourTexts,
}

internal static class WireMessages
{
    private const string Text = "twenty bytes a chunk";

    public static IMessage Of(WireMessage message) => message switch
    {
        WireMessage.Request => Request(100),
        WireMessage.RequestOf32KB => Request(32 * 1024),
        WireMessage.OneToken => Tokens(1),
        WireMessage.SixtyFourTokens => Tokens(64),
        _ => Texts(64),
    };

    private static InferRequest Request(int length) => new()
    {
        RequestId = "5f2f8a0b3c0e4d1e9d4e3b0c7a6f5e41",
        Model = "chat",
        Version = "v1",
        Messages = { new ChatMessage { Role = "user", Content = new string('a', length) } },
        Options = new SamplingOptions { Temperature = 0.7, MaxTokens = 256 },
    };

    private static InferEvent Texts(int count)
    {
        var deltas = new Deltas();
        deltas.Texts.AddRange(Enumerable.Repeat(Text, count));
        return new InferEvent { Deltas = deltas };
    }

    private static InferEvent Tokens(int count)
    {
        var deltas = new Deltas();
        deltas.Items.AddRange(Enumerable.Range(0, count).Select(_ => new Delta { Text = Text }));
        return new InferEvent { Deltas = deltas };
    }
}
