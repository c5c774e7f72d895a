using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using ModelMesh.Contracts.Errors;
using ModelMesh.Gateway.Models;
using ModelMesh.Gateway.Tests.Fakes;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;

namespace ModelMesh.Gateway.Tests.Models;

public sealed class ModelPageTests
{
    // In ordinal order: B, a, b, b:sql, c.
    private static readonly IReadOnlyList<ModelEntry> Entries = new ModelsView(
        CatalogSnapshot.Create(1,
        [
            FakeCatalog.Model("c") with { Capabilities = ["chat", "tools"], Labels = Labels(("owned_by", "acme"), ("tier:x", "a=b")) },
            FakeCatalog.Model("a") with { BackendType = "vllm", Capabilities = ["chat"] },
            FakeCatalog.Model("B"),
            FakeCatalog.Model("b") with { Adapters = ["sql"], Labels = Labels(("tier", "gold")) },
            FakeCatalog.Model("b", "v2", draining: true) with { Labels = Labels(("tier", "silver")) },
        ]),
        MeshFigures.Empty).Entries;

    [Theory]
    [InlineData("", "B a b b:sql c")]
    [InlineData("?limit=2", "B a +")]
    [InlineData("?limit=2&after=a", "b b:sql +")]
    [InlineData("?limit=2&after=b", "b:sql c")]
    [InlineData("?after=b:aaa-that-is-gone", "b:sql c")]
    [InlineData("?after=zzz", "")]
    [InlineData("?limit=1000", "B a b b:sql c")]
    [InlineData("?capability=chat", "a c")]
    [InlineData("?capability=chat&capability=tools", "c")]
    [InlineData("?backend_type=vllm", "a")]
    [InlineData("?owned_by=acme", "c")]
    [InlineData("?owned_by=modelmesh&limit=1", "B +")]
    [InlineData("?label=tier", "b b:sql")]
    [InlineData("?label=tier:silver", "b")]
    [InlineData("?label=tier=gold", "b b:sql")]
    [InlineData("?label=tier%3Ax", "c")]
    [InlineData("?label=tier:x:a=b", "c")]
    [InlineData("?label=tier:x=a=b", "c")]
    [InlineData("?label=tie", "")]
    [InlineData("?label=tier=", "")]
    [InlineData("?status=pending", "B a b b:sql c")]
    [InlineData("?status=draining", "")]
    public void Page_AsOpenAIsClientsAsk_HasTheEntriesInOrdinalOrder(string query, string expected) =>
        Assert.Equal(expected, Shown(ModelPage.Of(Entries, ModelListQuery.OfOpenAI(Query(query)))));

    [Theory]
    [InlineData("", "B a b b:sql c")]
    [InlineData("?limit=2&after_id=B", "a b +")]
    [InlineData("?limit=2&before_id=c", "b b:sql +")]
    [InlineData("?limit=2&before_id=b", "B a")]
    [InlineData("?before_id=A", "")]
    [InlineData("?beta=true&capability=chat", "a c")]
    public void Page_AsAnthropicsClientsAsk_HasTheEntriesInOrdinalOrder(string query, string expected) =>
        Assert.Equal(expected, Shown(ModelPage.Of(Entries, ModelListQuery.OfAnthropic(Query(query)))));

    [Theory]
    [InlineData("?limit=0", "limit: must be a whole number from 1 to 1000")]
    [InlineData("?limit=1001", "limit: must be a whole number from 1 to 1000")]
    [InlineData("?limit=1&limit=2", "limit: is given more than once")]
    [InlineData("?after=a&after=b", "after: is given more than once")]
    [InlineData("?status=up", "status: must be one of pending, loading, ready, draining, failed")]
    [InlineData("?owner=me&limit=x", "owner: is not a known parameter; known are status, backend_type, owned_by, capability, label, limit, after; limit: must be a whole number from 1 to 1000")]
    public void Query_WithBadParameters_IsRefusedWithEachNamed(string query, string expected)
    {
        var error = Assert.Throws<MeshException>(() => ModelListQuery.OfOpenAI(Query(query)));
        Assert.Equal((ErrorCode.InvalidRequest, expected), (error.Code, error.Message));
    }

    [Fact]
    public void Query_WithBothOfAnthropicsDirections_IsRefused() =>
        Assert.Equal("before_id: cannot be given together with after_id", Assert.Throws<MeshException>(() => ModelListQuery.OfAnthropic(Query("?after_id=a&before_id=b"))).Message);

    private static string Shown(ModelPage page)
    {
        Assert.Equal(page.Entries.Count > 0 ? (page.Entries[0].Id, page.Entries[^1].Id) : (null, null), (page.FirstId, page.LastId));
        return string.Join(' ', page.Entries.Select(entry => entry.Id).Concat(page.HasMore ? ["+"] : []));
    }

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));

    private static Dictionary<string, string> Labels(params (string Key, string Value)[] labels) => labels.ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
}
