using Google.Protobuf;
using ModelMesh.Contracts.V1;
using ModelMesh.Gateway.Cache;
using ModelMesh.Gateway.Chat;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Tests.Fakes;

namespace ModelMesh.Gateway.Tests.Cache;

public sealed class RequestHashTests
{
    private static readonly ModelRoute Route = new(FakeCatalog.Model(), "", IsNamed: false);

    [Fact]
    public void Of_WhatMakesAnotherRequest_IsAnotherHash()
    {
        string[] hashes =
        [
            RequestHash.Of(Request(), Route),
            RequestHash.Of(Request(), Route with { Model = FakeCatalog.Model(revision: 2) }),
            RequestHash.Of(Request(), Route with { Model = FakeCatalog.Model(version: "v2") }),
            RequestHash.Of(Request(), Route with { Model = FakeCatalog.Model(name: "other") }),
            RequestHash.Of(Request(), Route with { Adapter = "lora" }),
            RequestHash.Of(Request(text: "ho"), Route),
            RequestHash.Of(Request(seed: 2), Route),
            RequestHash.Of(Request(extra: """{"a":1}"""), Route),
            RequestHash.Of(Request(extra: """{"a":2}"""), Route),
            RequestHash.Of(Request(messageExtra: """{"a":2}"""), Route),
            RequestHash.Of(Request(lenient: true), Route),
            RequestHash.Of(Request(tool: "now"), Route),
            RequestHash.Of(Request(), Route, mayBeContinued: true),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());
        Assert.All(hashes, hash => Assert.Equal(64, hash.Length));
    }

    [Fact]
    public void Of_WhoAsksAndInWhichOrderExtraFieldsCame_IsTheSameHash()
    {
        var hash = RequestHash.Of(Request(extra: """{"a":1,"b":{"y":1,"x":2}}""", messageExtra: """{"c":1,"d":2}"""), Route);

        Assert.Equal(hash, RequestHash.Of(Request(extra: """{"b":{"y":1,"x":2}, "a":1}""", messageExtra: """{ "d":2, "c":1}""", hashKey: "user-7"), Route with { IsNamed = true }));
    }

    // A schema's order may be seen by the model.
    [Fact]
    public void Of_AnotherOrderWithinAnExtraField_IsAnotherHash() =>
        Assert.NotEqual(RequestHash.Of(Request(extra: """{"b":{"y":1,"x":2}}"""), Route), RequestHash.Of(Request(extra: """{"b":{"x":2,"y":1}}"""), Route));

    [Fact]
    public void Of_ARequest_LeavesItAsItWas()
    {
        var request = Request(extra: """{"b":1,"a":2}""", messageExtra: """{"b":1,"a":2}""", hashKey: "user");
        var (options, message) = (request.Options.Clone(), request.Messages[0].Clone());

        RequestHash.Of(request, Route);

        Assert.Equal((options, message, "user"), (request.Options, request.Messages[0], request.HashKey));
    }

    [Fact]
    public void Of_AnImageLargerThanAnyBlock_CountsToItsLastByte()
    {
        var image = new byte[300_001];
        var one = RequestHash.Of(Request(image: image), Route);
        image[^1] = 1;

        Assert.NotEqual(one, RequestHash.Of(Request(image: image), Route));
    }

    private static ChatRequest Request(
        string text = "hi", long seed = 1, string extra = "", string messageExtra = "", bool lenient = false, string? tool = null, string? hashKey = null, byte[]? image = null)
    {
        var message = new ChatMessage { Role = "user", Content = text, ExtraJson = messageExtra };
        if (image is not null)
        {
            message.Parts.Add(new ContentPart { ImageData = new ImageData { Data = ByteString.CopyFrom(image), MediaType = "image/png" } });
        }

        return new ChatRequest
        {
            Model = "chat",
            HashKey = hashKey,
            Messages = [message],
            Options = new SamplingOptions { Seed = seed, ExtraJson = extra },
            Tools = tool is null ? [] : [new Tool { Name = tool }],
            Lenient = lenient,
        };
    }
}
