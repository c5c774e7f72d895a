using System.Text.Json.Nodes;
using ModelMesh.Cli.Models;

namespace ModelMesh.Cli.Tests.Models;

public sealed class DefinitionDiffTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "a:1>2")]
    [InlineData("""{"a":1}""", "{}", "a:1>")]
    [InlineData("{}", """{"a":[1]}""", "a:>[1]")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1,"c":3}}""", "a.c:2>3")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,3]}""", "a:[1,2]>[1,3]")]
    [InlineData("""{"a":{"b":1}}""", """{"a":5}""", """a:{"b":1}>5""")]
    [InlineData("{\"a\":\"ä\"}", "{\"a\":\"<&>\"}", "a:\"ä\">\"<&>\"")]
    public void Diff_OfTwoDefinitions_NamesEachFieldThatDiffersByItsPath(string before, string after, string expected) => Assert.Equal(
        expected,
        string.Join(' ', DefinitionDiff.Between(JsonNode.Parse(before)!.AsObject(), JsonNode.Parse(after)!.AsObject()).Select(change => $"{change.Path}:{change.Before}>{change.After}")));
}
