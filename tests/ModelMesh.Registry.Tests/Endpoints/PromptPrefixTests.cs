using Microsoft.Extensions.AI;
using ModelMesh.Registry.Endpoints;
using Xunit;

namespace ModelMesh.Registry.Tests.Endpoints;

public sealed class PromptPrefixTests
{
    private static readonly ChatMessage System = new(ChatRole.System, new string('s', 1024));

    [Fact]
    public void Of_PromptsThatDifferAfterTheirBeginning_AreAlike() =>
        Assert.Equal(PromptPrefix.Of([System, new(ChatRole.User, "hello")]), PromptPrefix.Of([System, new(ChatRole.User, "goodbye"), new(ChatRole.Assistant, "bye")]));

    [Fact]
    public void Of_PromptsThatDifferInTheirBeginning_Differ()
    {
        ulong[] hashes = [Of(ChatRole.User, "hello"), Of(ChatRole.User, "goodbye"), Of(ChatRole.User, "hell"), Of(ChatRole.System, "hello"), PromptPrefix.Of("hello")];

        Assert.Equal(5, hashes.Distinct().Count());
    }

    private static ulong Of(ChatRole role, string text) => PromptPrefix.Of([new ChatMessage(role, text)]);
}
