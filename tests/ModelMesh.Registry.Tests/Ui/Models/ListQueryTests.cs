using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using ModelMesh.Registry.Ui.Models;
using Xunit;

namespace ModelMesh.Registry.Tests.Ui.Models;

/// <summary>What an address says of the list.</summary>
public sealed class ListQueryTests
{
    [Theory]
    [InlineData("", "name", 50)]
    [InlineData("?sort=active&show=150", "active", 150)]
    [InlineData("?sort=nonsense&show=-5", "name", 50)]
    [InlineData("?show=99999999999999", "name", 50)]
    [InlineData("?show=200000", "name", 10_000)]
    public void Read_WhatMeansNothing_IsLeftOut(string address, string sort, int show)
    {
        var query = Read(address);

        Assert.Equal((sort, show), (query.Sort, query.Show));
    }

    [Fact]
    public void More_KeepsWhatIsFilteredWhateverSignsItHas()
    {
        var query = new ListQuery("a&b=100% /x", "ready", "mock", "active", 50);

        Assert.Equal(query with { Show = 150 }, Read(query.More(150)["/ui/models".Length..]));
    }

    private static ListQuery Read(string address) => ListQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(address)));
}
