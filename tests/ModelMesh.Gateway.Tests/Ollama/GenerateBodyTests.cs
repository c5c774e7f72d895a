using System.Text;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Ollama;
using ModelMesh.Gateway.Ollama.Body;

namespace ModelMesh.Gateway.Tests.Ollama;

public sealed class GenerateBodyTests
{
    [Fact]
    public void Parse_SystemPromptAndImages_BecomeMessages()
    {
        var messages = Parse("""{"model":"m","system":"be brief","prompt":"what is it?","images":["Qk0uLi4="]}""").Chat.Messages;

        Assert.Equal(["system", "user"], messages.Select(message => message.Role));
        Assert.Equal("be brief", messages[0].Content);
        Assert.Equal("what is it?", messages[1].Parts[0].Text);
        Assert.Equal("image/bmp", messages[1].Parts[1].ImageData.MediaType);
    }

    [Fact]
    public void Parse_APromptAlone_IsOneMessage() => Assert.Equal("hi", Assert.Single(Parse("""{"model":"m","prompt":"hi","system":""}""").Chat.Messages).Content);

    [Theory]
    [InlineData("\"suffix\":\"\",\"template\":\"\",\"context\":[],\"raw\":false")]
    [InlineData("\"suffix\":null,\"template\":null,\"context\":null,\"raw\":null")]
    public void Parse_WhatCannotBeHad_IsTakenWhereItSaysNothing(string fields) => Assert.Equal("", Parse($$"""{"model":"m","prompt":"hi",{{fields}}}""").Chat.Options.ExtraJson);

    [Fact]
    public void Parse_WhatCannotBeHad_IsRefusedByName() => Assert.Equal(
        ["suffix", "template", "context", "raw", "n"],
        Assert.Throws<MeshException>(() => Parse("""{"model":"m","prompt":"hi","suffix":"x","template":"{{ .Prompt }}","context":[1],"raw":true,"n":2}""")).Details.Select(fault => fault.Field));

    private static OllamaRequest Parse(string body) => GenerateBody.Parse(Encoding.UTF8.GetBytes(body));
}
